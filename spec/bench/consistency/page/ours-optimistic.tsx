import { useRenamePerson } from "../mizan/client/react.js";
import type { Person } from "../mizan/client/types.js";
import { ours } from "./ours.js";
import { start } from "./start.js";

start({
  ...ours,
  useRename: () => {
    const { mutate } = useRenamePerson();
    return ({ person_id, name }) =>
      mutate(
        { person_id, name },
        {
          // refresh code {
          optimistic: (draft) => {
            const rename = (people: Person[]) => {
              for (const person of people) if (person.id === person_id) person.name = name;
            };
            draft.person({ person_id }, (data) => rename([data.person_profile]));
            draft.team({}, (data) => rename(data.team_members));
            draft.directory({}, (data) => rename(data.directory_people));
            draft.board({}, (data) => rename(data.board_assignees));
          },
          // } refresh code
        },
      );
  },
});
