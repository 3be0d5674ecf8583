import type { KeyboardEvent, PointerEvent, ReactElement } from "react";

const LEAST = 160;
const STEP = 24;

/** The upper edge of the drawer: drag it, or use the arrows. */
export function Resizer(props: {
  readonly height: number;
  readonly onResize: (height: number) => void;
}): ReactElement {
  const { height, onResize } = props;
  const most = Math.max(LEAST, window.innerHeight - 40);
  const resize = (wanted: number): void => onResize(Math.min(most, Math.max(LEAST, wanted)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowUp" ? STEP : event.key === "ArrowDown" ? -STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    resize(height + step);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (event.buttons === 1) resize(window.innerHeight - event.clientY);
  };
  return (
    <div
      className="resizer"
      role="separator"
      aria-label="Height of the devtools"
      aria-orientation="horizontal"
      aria-valuemin={LEAST}
      aria-valuemax={most}
      aria-valuenow={height}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
    />
  );
}
