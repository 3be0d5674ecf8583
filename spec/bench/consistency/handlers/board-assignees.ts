import type { BoardAssigneesHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const boardAssignees: BoardAssigneesHandler = reads.board_assignees;
