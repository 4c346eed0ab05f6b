'use client';
/**
 * The contact sheet: every picture of the gallery as a tile to press. Thumbnails load as they come into sight.
 */
import { GALLERY_BASE, type GalleryPicture } from './gallery-index';

interface GalleryProps {
  /** Null while the index is on its way. */
  readonly pictures: readonly GalleryPicture[] | null;
  readonly onPick: (picture: GalleryPicture) => void;
}

const GRID = 'grid grid-cols-2 gap-x-3 gap-y-4 tablet:grid-cols-3 desk:gap-x-4 wide:grid-cols-4';
const WAITING = Array.from({ length: 12 }, (_, index) => index);

export function Gallery({ pictures, onPick }: GalleryProps) {
  if (pictures === null) {
    return (
      <div className={GRID} aria-hidden>
        {WAITING.map((index) => (
          <div key={index} className="aspect-4/3 rounded-m bg-sunken" />
        ))}
      </div>
    );
  }
  if (pictures.length === 0) return null;
  return (
    <ul className={GRID}>
      {pictures.map((picture, index) => (
        <li key={picture.id}>
          <Tile picture={picture} number={index + 1} onPick={onPick} />
        </li>
      ))}
    </ul>
  );
}

interface TileProps {
  readonly picture: GalleryPicture;
  readonly number: number;
  readonly onPick: (picture: GalleryPicture) => void;
}

function Tile({ picture, number, onPick }: TileProps) {
  // Neighbors show different kinds of questions: the gallery has the same ones in the same order everywhere.
  const { length } = picture.questions;
  const shown = picture.questions[(number - 1 + Math.floor((number - 1) / length)) % length]?.question;
  return (
    <button
      type="button"
      onClick={() => onPick(picture)}
      className="group block w-full rounded-m text-left"
      data-testid="gallery-picture"
    >
      <span className="block overflow-hidden rounded-m bg-sunken ring-1 ring-line transition-shadow duration-(--quick) group-hover:shadow-2 group-hover:ring-2 group-hover:ring-accent">
        <img
          src={`${GALLERY_BASE}${picture.thumbnail}`}
          alt=""
          width={picture.width}
          height={picture.height}
          loading={number <= 12 ? 'eager' : 'lazy'}
          decoding="async"
          className="aspect-4/3 w-full object-cover"
        />
      </span>
      <span className="mt-2 flex gap-2 px-0.5 text-small leading-snug">
        <span className="tabular text-ink-faint">{String(number).padStart(2, '0')}</span>
        <span className="min-w-0">
          <span className="block truncate font-medium">{picture.title}</span>
          {shown ? <span className="line-clamp-2 text-ink-faint">{shown}</span> : null}
        </span>
      </span>
    </button>
  );
}
