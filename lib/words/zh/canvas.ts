/** The picture with its boxes. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { number } = countingIn('zh');

const percent = (share: number, digits = 0) =>
  number(share, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits });

export const canvas: Words['canvas'] = {
  label: '画布',
  controls: '图片。加号和减号键缩放，方向键平移，0 键适应窗口。',
  showBoxes: '显示框',
  hideBoxes: '隐藏框',
  zoomToCrop: '放大到裁剪区域',
  zoomToCropAndBack: '放大到裁剪区域 / 还原',
  eye: '模型看到的样子',
  eyeHint: (width, height) => `模型拿到的整张图片：${width}×${height}`,
  fit: '显示整张图片',
  zoomOut: '缩小',
  zoomIn: '放大',
  zoom: '缩放',
  scale: (scale) => percent(scale, scale < 0.1 ? 1 : 0),
  editor: '框。拖动画框，或用方向键移动；按住 Shift 调整大小。',
  editorAt: (left, top, right, bottom) => `横向从 ${left}、纵向从 ${top}，到横向 ${right}、纵向 ${bottom}`,
  percent: (share) => percent(share),
  withKey: (label, key) => `${label}（${key}）`,

  picture: (size, isHere) => `${size === null ? '图片，尺寸未知' : `图片，${size}`}${isHere ? '' : '，不可用'}。`,
  pixels: (width, height) => `${width} × ${height} 像素`,
  lookedAt: (places) => `模型看过：${places.join('；')}。`,
  place: ({ at, label, x, y, active }) =>
    `${at}，${label || '某处'}，中心距左边 ${percent(x)}、距顶边 ${percent(y)}${active ? '（当前）' : ''}`,
  pointsAt: (places, more) => `模型指向：${places.join('；')}${more === 0 ? '' : `；另有 ${number(more)} 处`}。`,
  pointedPlace: ({ label, x, y }) => `${label || '某处'}，距左边 ${percent(x)}、距顶边 ${percent(y)}`,
};
