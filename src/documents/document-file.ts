/** A file as somebody hands it in: what kind it is, its content tells. */
export interface DocumentFile {
  readonly name: string;
  /** As the sender has it, parameters and all. */
  readonly mediaType?: string;
  readonly bytes: Uint8Array;
}
