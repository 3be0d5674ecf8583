import type { DirectoryPeopleHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const directoryPeople: DirectoryPeopleHandler = reads.directory_people;
