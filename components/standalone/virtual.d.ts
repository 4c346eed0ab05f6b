/** The app's own style, for these rooms alone: made by scripts/player.mjs. */
declare module 'virtual:page.css';
