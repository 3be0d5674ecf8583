import type { TeamMembersHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const teamMembers: TeamMembersHandler = reads.team_members;
