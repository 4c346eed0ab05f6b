/** An answer that is pasted over a picture, and how the boxes of an answer are read. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { counted } = countingIn('zh');

export const answer: Words['answer'] = {
  paste: '粘贴回答',
  pasteHint: '在你的图片上查看任何模型回答中的框和点',
  sheet: {
    title: '粘贴回答',
    about: '粘贴任何模型写的内容，其中的框、点和多边形会显示在你的图片上。不运行模型，数据不会离开此设备。',
    text: '模型的回答',
    model: '出自',
    anyModel: '不确定',
    needsPicture: '它说的是哪张图片？',
    choose: '选择图片',
    picture: '回答所指的图片文件',
    show: '显示在图片上',
    none: '这段文字里没有找到框或点。仍可与图片一起保存。',
  },
  found: (boxes, points, polygons) =>
    [
      boxes > 0 ? counted(boxes, { other: '个框' }) : '',
      points > 0 ? counted(points, { other: '个点' }) : '',
      polygons > 0 ? counted(polygons, { other: '个多边形' }) : '',
    ]
      .filter(Boolean)
      .join('、'),
  reading: {
    title: '框的读法',
    readAs: (range, order) => `按 ${range} 读取，${order}`,
    range: '数值单位',
    order: '顺序',
    asRead: '自动',
    scale: (most) => `0–${most}`,
    pixels: '此图片的像素',
    seenPixels: '缩放后图片的像素',
    orders: {
      xyxy: 'x 在前',
      yxyx: 'y 在前',
      xywh: 'x、y、宽、高',
      cxcywh: '中心 x、y、宽、高',
      xy: 'x 在前',
      yx: 'y 在前',
    },
    by: {
      file: '文字如此说明',
      model: '该模型的写法',
      values: '根据数值推断',
      person: '由你选择',
    },
    unsure: '这是推测。框的位置不对？在这里更改。',
    bare: (count) => `同时绘制 ${counted(count, { other: '组' })}可能是框的四个数`,
    sorted: (count) => `${counted(count, { other: '个框' })}的角点顺序颠倒，已修正。`,
    clamped: (count) => `${counted(count, { other: '个图形' })}超出边缘，已截断。`,
    outside: (count) => `${counted(count, { other: '个图形' })}在图片之外，未绘制。`,
    cut: '文字在一个框中间结束，该框已略去。',
  },
};
