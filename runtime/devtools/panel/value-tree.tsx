/** Any value as a tree that opens where one looks. It is text, whatever it holds. */
import { useState, type ReactElement } from "react";
import { childrenOf, describeValue, readSafely } from "../values.js";
import { Icon } from "./pieces.js";

const PAGE = 100;

interface ValueTreeProps {
  readonly name: string;
  readonly value: unknown;
  /** Levels that are open at first. */
  readonly open?: number;
  readonly ancestors?: readonly unknown[];
}

export function ValueTree({ name, value, open = 0, ancestors = [] }: ValueTreeProps): ReactElement {
  const [isOpen, setIsOpen] = useState(open > 0);
  const [isWhole, setIsWhole] = useState(false);
  const [count, setCount] = useState(PAGE);
  const described = describeValue(value, ancestors);

  if (described.kind !== "branch") {
    const { kind, text, whole } = described;
    return (
      <div className="leaf">
        <span className="name">{name}</span>
        <span className={`value ${kind}`}>{isWhole && whole !== null ? whole : text}</span>
        {whole !== null && (
          <button type="button" className="link" onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? "less" : `all ${whole.length} characters`}
          </button>
        )}
      </div>
    );
  }

  const below = isOpen ? childrenOf(value, count) : [];
  return (
    <div className="branch">
      <button
        type="button"
        className="fold"
        aria-expanded={isOpen}
        disabled={described.size === 0}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name="chevron" />
        <span className="name">{name}</span>
        <span className="value odd">{described.text}</span>
      </button>
      {isOpen && (
        <div className="below">
          {below.map(([child, read]) => (
            <ValueTree
              key={child}
              name={child}
              value={readSafely(read)}
              open={open - 1}
              ancestors={[...ancestors, value]}
            />
          ))}
          {described.size > count && (
            <button type="button" className="link" onClick={() => setCount(count + PAGE)}>
              {Math.min(PAGE, described.size - count)} more of {described.size}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
