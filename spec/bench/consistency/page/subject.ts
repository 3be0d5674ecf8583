/** What is compared: the same page, its data by another client each time. */
import type { ComponentType, ReactNode } from "react";
import type { Order, Person } from "../mizan/client/types.js";

/** What a read's hook gives; nothing while it loads. */
export type Loaded<T> = T | null | undefined;

export interface Subject {
  /** Holds whatever the hooks need. */
  readonly Root: ComponentType<{ readonly children: ReactNode }>;
  readonly useProfile: () => Loaded<Person>;
  readonly useMembers: () => Loaded<readonly Person[]>;
  readonly usePeople: () => Loaded<readonly Person[]>;
  readonly useAssignees: () => Loaded<readonly Person[]>;
  readonly useOrders: () => Loaded<readonly Order[]>;
  readonly useNews: () => Loaded<readonly Order[]>;
  /** What the form calls; refreshing is the subject's matter. */
  readonly useRename: () => (args: {
    readonly person_id: number;
    readonly name: string;
  }) => unknown;
}

/** Whose page it is. */
export const PERSON = 5;
export const TEAM = 3;
export const ACCOUNT = 7;
