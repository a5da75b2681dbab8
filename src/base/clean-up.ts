/**
 * Clean up in a `finally` block without changing how its `try` ends: an error of the clean-up would replace the result, or the
 * first error, which says more.
 *
 * @param onError - Called with what the step throws.
 */
export async function cleanUp(step: () => unknown, onError: (error: unknown) => void): Promise<void> {
  try {
    await step()
  } catch (error) {
    onError(error)
  }
}
