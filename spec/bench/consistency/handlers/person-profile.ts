import type { PersonProfileHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const personProfile: PersonProfileHandler = reads.person_profile;
