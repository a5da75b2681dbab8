import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysedSample } from '../real-sample.ts'
import { document } from '../sample.ts'

test('what types inside of a described type hold is named in its line', async () => {
  const { markdown, verification } = document(
    await analysedSample({
      'src/main/java/Orbit.java': `/** Plans orbits around bodies. */
public class Orbit {
  /** Where a plan is kept between two flights. */
  public static class Keeper {
    public static class Slot {
      public static class Mark {
        public void seal() {}
      }
    }
  }
}
`,
    }),
  )
  assert.deepEqual(verification.faults, [])
  assert.match([...markdown.values()].join('\n'), /\[?`Slot`[^\n]*`Mark`[^\n]*`seal`/)
})
