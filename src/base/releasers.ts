/** A stack of release steps. Code that acquires a resource pushes its release at once; at the end, all run in reverse order. */

export class Releasers {
  readonly #steps: (() => unknown)[] = []
  #done: Promise<void> | undefined

  push(release: () => unknown): void {
    this.#steps.push(release)
  }

  /**
   * Run all steps, the newest first. Further calls return the same promise. A step that throws does not stop the others.
   *
   * @throws {AggregateError} After all steps have run, with the errors of those that failed.
   */
  releaseAll(): Promise<void> {
    this.#done ??= this.#run()
    return this.#done
  }

  async #run(): Promise<void> {
    const errors: unknown[] = []
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Some resources could not be released')
  }
}
