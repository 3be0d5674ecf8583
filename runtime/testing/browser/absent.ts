/** In the place of packages that the server loads when they are wanted: of these the reader of forms may be. */
import { missing } from "./missing.js";

export class Dicer {
  constructor() {
    missing("the reader of forms with files")();
  }
}
