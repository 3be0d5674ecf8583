/** The plain JSON server, as hand-written clients ask it. */
export const ROUTES = {
  profile: "/rest/person_profile?person_id=5",
  members: "/rest/team_members?team_id=3",
  people: "/rest/directory_people",
  assignees: "/rest/board_assignees",
  orders: "/rest/person_orders?person_id=5",
  news: "/rest/latest_news",
};

export async function get(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

export async function renamePerson(args) {
  const response = await fetch("/rest/rename_person", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(args),
  });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}
