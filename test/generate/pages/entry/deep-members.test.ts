import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysedSample, pagesOf } from '../real-sample.ts'
import { document } from '../sample.ts'

test('overloads that are too long for a line are lines of a code block', async () => {
  const take = (rest: string): string =>
    `(from: string, to: string, whenAllOfThePlanetsAreInOneLine: boolean${rest}): Promise<string>`
  const { markdown } = document(
    await analysedSample({
      'src/plan.ts': `/** Plans a flight. */\nexport interface Plan {\n  ${take('')}\n  ${take(', far: boolean')}\n}\n/** Says one. */\nexport const one = 1\n`,
    }),
  )
  const text = [...markdown.values()].join('\n')
  assert.ok(text.includes(`  \`\`\`typescript\n  ${take(', far: boolean')}\n  \`\`\`\n`), text)
})

test('each value of an enum of which one is described has a line, as has a field with the name of its type', async () => {
  const { markdown } = document(
    await analysedSample({
      'src/lib.rs':
        '/// Why it failed, and where.\npub enum Failure {\n    /// Nothing was there at all.\n    Missing(u8),\n    Unsupported,\n}\n\n/// What a ship can do now.\npub enum Order {\n    Up,\n    Down,\n}\nimpl Order {\n    pub const ALL: u8 = 2;\n    /// Turns it around once.\n    pub fn turn(&self, far: u8) {}\n}\n',
      'plan.go':
        'package orbit\n\n// Options are what a plan takes.\ntype Options struct {\n\tOptions []string\n\t// Depth of the tree.\n\tDepth int\n}\n',
    }),
  )
  const text = [...markdown.values()].join('\n')
  assert.match(text, /^- .*`Unsupported`/m)
  assert.match(text, /^Values: [^,]*`Up`[^,]*, [^,]*`Down`[^,]*$/m)
  assert.match(text, /^- .*`Options`.* `\[\]string`/m)
})

test('a struct of C whose fields are in a macro alone names the macro', async () => {
  const { markdown } = document(
    await analysedSample({
      'plan.h':
        '#define PLAN_FIELDS \\\n  void *data; \\\n  int depth;\n\n/* Base of all plans. */\nstruct plan {\n  PLAN_FIELDS\n};\n',
    }),
  )
  assert.match([...markdown.values()].join('\n'), /^Members: .*`PLAN_FIELDS`.* \(macro\)$/m)
})

test('an internal type of a library that only wraps a value has no entry, however many files use it', async () => {
  const use = (name: string): string =>
    `package orbit\n\n// ${name} is where a plan is kept.\nvar ${name} = &key{"x"}\n`
  const pages = await pagesOf({
    'go.mod': 'module example.org/orbit\n\ngo 1.22\n',
    'key.go':
      'package orbit\n\n// key is a value that is never copied by those who read it.\ntype key struct {\n\tname string\n}\n',
    'a.go': use('A'),
    'b.go': use('B'),
    'c.go': use('C'),
  })
  const text = [...pages.values()].join('\n')
  assert.match(text, /^#+ `A`$/m)
  assert.doesNotMatch(text, /^#+ `key`$/m)
})

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
