/** For what is asked for by name, but only where there is Node. */
export function missing(what: string): () => never {
  return () => {
    throw new Error(`${what} is not there in a browser: run this in Node`);
  };
}
