/** What the panel remembers from one page load to the next. Storage may be missing, full, or hold anything. */
import { own } from "../wire/json.js";

const NAME = "mizan-devtools";
const DEFAULT_HEIGHT = 380;

interface Values {
  readonly isOpen: boolean;
  /** Of the drawer, in pixels. */
  readonly height: number;
}

export interface Preferences extends Values {
  readonly save: (values: Partial<Values>) => void;
}

/** `isOpen` where nothing is remembered. */
export const readPreferences = (isOpen: boolean): Preferences => {
  let values: Values = { isOpen, height: DEFAULT_HEIGHT };
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(NAME) ?? "null");
    const height = own(stored, "height");
    const wasOpen = own(stored, "isOpen");
    values = {
      isOpen: typeof wasOpen === "boolean" ? wasOpen : isOpen,
      height: typeof height === "number" && height >= 160 ? height : DEFAULT_HEIGHT,
    };
  } catch {
    // The defaults do.
  }
  return {
    ...values,
    save: (change) => {
      values = { ...values, ...change };
      try {
        localStorage.setItem(NAME, JSON.stringify(values));
      } catch {
        // It is only remembered until the page is left.
      }
    },
  };
};
