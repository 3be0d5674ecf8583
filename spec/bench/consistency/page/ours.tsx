/** Our page, as its author writes it. What keeps it right stands in the contract. */
import type { ReactElement, ReactNode } from "react";
import {
  BoardContext,
  DirectoryContext,
  MizanContext,
  NewsContext,
  OrdersContext,
  PersonContext,
  TeamContext,
  useBoardAssignees,
  useDirectoryPeople,
  useLatestNews,
  usePersonOrders,
  usePersonProfile,
  useTeamMembers,
} from "../mizan/client/react.js";
import { PERSON, TEAM, type Subject } from "./subject.js";

const Root = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <MizanContext baseUrl="/api/mizan">
    <PersonContext person_id={PERSON}>
      <TeamContext team_id={TEAM}>
        <DirectoryContext>
          <BoardContext>
            <OrdersContext person_id={PERSON}>
              <NewsContext>{children}</NewsContext>
            </OrdersContext>
          </BoardContext>
        </DirectoryContext>
      </TeamContext>
    </PersonContext>
  </MizanContext>
);

export const ours: Omit<Subject, "useRename"> = {
  Root,
  useProfile: usePersonProfile,
  useMembers: useTeamMembers,
  usePeople: useDirectoryPeople,
  useAssignees: useBoardAssignees,
  useOrders: usePersonOrders,
  useNews: useLatestNews,
};
