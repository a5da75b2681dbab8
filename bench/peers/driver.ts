/** What a queue must be able to do to be measured. Each system is a file of its own that exports these two functions. */

export interface Driver {
  /** @param address - Where the system is: a URL, or a folder. */
  createProducer(address: string): Promise<Producer>
  /**
   * Take jobs, eight at once, and do nothing with them.
   *
   * @param onStart - A job has been picked up.
   * @param onDone - Its end is recorded, as durably as the system does it.
   */
  createWorker(address: string, onStart: (id: string) => void, onDone: () => void): Promise<Closable>
}

export interface Producer extends Closable {
  /** Resolves when the system has said that it has the job. */
  add(id: string): Promise<void>
}

export interface Closable {
  close(): Promise<void>
}
