import { useRenamePerson } from "../mizan/client/react.js";
import { ours } from "./ours.js";
import { start } from "./start.js";

start({ ...ours, useRename: () => useRenamePerson().mutate });
