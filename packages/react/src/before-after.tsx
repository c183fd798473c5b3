import { useRef, useState } from 'react';
import type { CSSProperties, PointerEvent, ReactElement } from 'react';
import { Picture } from './picture.tsx';
import type { PictureSource } from './picture-source.ts';

/** Properties of `BeforeAfter`. */
export interface BeforeAfterProps {
  /** Shown on the left of the divider. */
  readonly before: PictureSource;
  /** Shown on the right of the divider. While there is none, `before` is shown whole and there is no slider. */
  readonly after?: PictureSource | undefined;
  /** Name of the slider for those who do not see it. Default `Compare before and after`. */
  readonly label?: string;
  /** Name of the picture on the left, shown in its corner. Default `Before`. */
  readonly beforeLabel?: string;
  /** Name of the picture on the right. Default `After`. */
  readonly afterLabel?: string;
  /** Where the divider is at first: share of the width that shows `before`, 0 to 1. Default 0.5. */
  readonly initialPosition?: number;
  /** Told where the divider was moved to, 0 to 1. */
  readonly onPositionChange?: (position: number) => void;
  /** Added to the class `deblur-before-after` of the outer element. */
  readonly className?: string;
  /** Added to the style of the outer element, for example its width. */
  readonly style?: CSSProperties;
}

const whole: CSSProperties = { display: 'block', width: '100%', height: 'auto' };
const cover: CSSProperties = { position: 'absolute', inset: 0, width: '100%', height: '100%' };
const label: CSSProperties = {
  position: 'absolute', top: 8, padding: '2px 8px', borderRadius: 4, font: '14px/1.4 system-ui, sans-serif', pointerEvents: 'none',
  color: 'var(--deblur-label-color, #fff)', background: 'var(--deblur-label-background, rgb(0 0 0 / 65%))',
};
// Seen by screen readers and the keyboard only; the pointer moves the divider wherever the pictures are touched.
const hidden: CSSProperties = { ...cover, margin: 0, opacity: 0, pointerEvents: 'none' };

/**
 * Two pictures over each other, with a divider that is moved by pointer, touch or keyboard (arrows, Page Up and Down, Home, End). For assistive
 * technology it is a slider whose value is the percentage that shows `before`. As wide as what it stands in, as high as `after`;
 * `before` is stretched to that.
 *
 * It needs no style sheet. Classes: `deblur-before-after`, `-divider`, `-label`; custom properties: `--deblur-divider-color`,
 * `--deblur-focus-color`, `--deblur-label-color`, `--deblur-label-background`, and `--deblur-position`, which it sets.
 *
 * @example
 * ```tsx
 * <BeforeAfter before={file} after={result?.image} />
 * ```
 */
export function BeforeAfter({
  before, after, label: name = 'Compare before and after', beforeLabel = 'Before', afterLabel = 'After', initialPosition = 0.5, onPositionChange,
  className, style,
}: BeforeAfterProps): ReactElement {
  const slider = useRef<HTMLInputElement>(null);
  const [percent, setPercent] = useState(() => Math.min(100, Math.max(0, 100 * initialPosition)));
  const [focused, setFocused] = useState(false);
  const outer = ['deblur-before-after', className].filter(Boolean).join(' ');
  if (after === undefined) {
    return <div className={outer} style={{ position: 'relative', ...style }}><Picture source={before} label={beforeLabel} style={whole} /></div>;
  }

  const move = (value: number): void => {
    setPercent(value);
    onPositionChange?.(value / 100);
  };
  const follow = ({ clientX, currentTarget }: PointerEvent<HTMLDivElement>): void => {
    const { left, width } = currentTarget.getBoundingClientRect();
    move(Math.min(100, Math.max(0, (100 * (clientX - left)) / width)));
  };

  return (
    <div
      className={outer}
      style={{
        position: 'relative', overflow: 'hidden', direction: 'ltr', cursor: 'ew-resize', touchAction: 'pan-y', userSelect: 'none',
        outline: focused ? '3px solid var(--deblur-focus-color, Highlight)' : 'none', ...position(percent), ...style,
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        slider.current?.focus({ preventScroll: true });
        follow(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
    >
      <Picture source={after} label={afterLabel} style={whole} />
      <div style={{ ...cover, clipPath: 'inset(0 calc(100% - var(--deblur-position)) 0 0)' }}>
        <Picture source={before} label={beforeLabel} style={cover} />
      </div>
      <span aria-hidden className="deblur-before-after-label" style={{ ...label, left: 8 }}>{beforeLabel}</span>
      <span aria-hidden className="deblur-before-after-label" style={{ ...label, right: 8 }}>{afterLabel}</span>
      <div
        aria-hidden className="deblur-before-after-divider"
        style={{
          position: 'absolute', top: 0, bottom: 0, left: 'var(--deblur-position)', width: 2, marginLeft: -1, pointerEvents: 'none',
          background: 'var(--deblur-divider-color, #fff)', boxShadow: '0 0 0 1px rgb(0 0 0 / 40%)',
        }}
      />
      <input
        ref={slider} type="range" min={0} max={100} step={1} value={Math.round(percent)} aria-label={name}
        aria-valuetext={`${Math.round(percent)} % ${beforeLabel}`} style={hidden} onChange={(event) => move(event.target.valueAsNumber)}
        onFocus={(event) => setFocused(event.target.matches(':focus-visible'))} onBlur={() => setFocused(false)}
      />
    </div>
  );
}

function position(percent: number): CSSProperties {
  return { '--deblur-position': `${percent}%` } as CSSProperties;
}
