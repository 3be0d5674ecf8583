/** All that the binding uses of React, in the one import that a page pays for. */
export {
  createContext,
  createElement,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
