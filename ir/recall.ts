/** The answer for a node, worked out when it is asked for the first time. */
export function recall<Node extends object, Answer>(
  known: WeakMap<Node, Answer>,
  node: Node,
  make: (node: Node) => Answer,
): Answer {
  const before = known.get(node);
  if (before !== undefined) return before;
  const answer = make(node);
  known.set(node, answer);
  return answer;
}
