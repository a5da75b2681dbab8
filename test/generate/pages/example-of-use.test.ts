/** Which call the entry of a public name shows as an example of use. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPackages } from '#generate/manifests/read-packages.ts'
import { isCall } from '#generate/pages/usage/is-call.ts'
import { surfacesOf } from '#generate/surface/surfaces.ts'
import { guidesOf } from '../guides/guides-of.ts'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

async function examplesIn(texts: Record<string, string>): Promise<string> {
  const { markdown, verification } = document(await analysedSample(texts))
  assert.deepEqual(verification.faults, [])
  const pages = [...markdown.values()].join('\n')
  return pages
    .split('**Example** from ')
    .slice(1)
    .map((one) => /```\w*\n([\s\S]*?)\n```/.exec(one)?.[1] ?? '')
    .join('\n')
}

test('an example function of Go comes first, without its head', async () => {
  const test = (name: string): string => `func Test${name}(t *testing.T) {\n\tn := Parse("1${name}")\n\tuse(n)\n}\n\n`
  const texts = {
    'go.mod': 'module example.org/reader\n',
    'parse.go': 'package reader\n\n// Parse reads a number.\nfunc Parse(text string) int {\n\treturn len(text)\n}\n',
    'parse_test.go': `package reader\n\n${['Parse', 'B', 'C'].map(test).join('')}`,
  }
  const example = 'func ExampleParse() {\n\tn := Parse("12")\n\tfmt.Println(n)\n\t// Output: 2\n}\n'
  const shown = await examplesIn({ ...texts, 'parse_test.go': texts['parse_test.go'] + example })
  assert.equal(shown, 'n := Parse("12")\nfmt.Println(n)\n// Output: 2')
  assert.match(
    await examplesIn(texts),
    /^func TestParse\(t \*testing\.T\) \{\n\tn := Parse\("1Parse"\)\n\tuse\(n\)\n\}$/,
  )
})

test('a short test about nothing else is one, as a whole; not one of something more, of failures, or with fixtures and helpers', async () => {
  const python = (test: string, more = ''): Promise<string> =>
    examplesIn({
      'src/parse.py': 'def parse(text: str) -> int:\n    """Reads a number."""\n    return int(text)\n',
      'tests/test_parse.py': `from src.parse import parse\n\n\n${more}def test_parse${test}\n\n\ndef test_a():\n    parse("a")\n\n\ndef test_b():\n    parse("b")\n`,
    })
  const body = '    found = parse("4")\n    assert found == 4'
  assert.equal(await python(`():\n${body}`), `def test_parse():\n${body}`)
  assert.equal(await python(`_many():\n${body}`), '')
  assert.equal(await python(`_invalid():\n${body}`), '')
  assert.equal(await python(`(text):\n${body}`), '')
  assert.equal(await python(`():\n    check()\n${body}`, 'def check():\n    pass\n\n\n'), '')
  assert.equal(await python(`():\n${'    parse("1")\n'.repeat(12)}${body}`), '')
})

test('a prototype is no call', () => {
  for (const [text, is] of [
    ['sds sdsnew(const char *init);', false],
    ['char *sdsnew(void);', false],
    ['return sdsnew("a");', true],
    ['sds s = sdsnew("a");', true],
    ['print(*sdsnew("a"));', true],
  ] as const)
    assert.equal(isCall(text, 'sdsnew', 'c'), is, text)
  assert.ok(isCall('lib::Parser parser("x");', 'Parser', 'cpp'))
  assert.ok(!isCall('fun Result(a: Int) = 1', 'Result', 'kotlin'))
})

test('a call may name types with types of their own', () => {
  assert.ok(isCall('const [all] = useState<Map<string, number>>(new Map())', 'useState', 'typescript'))
  assert.ok(!isCall('const a = b < size > c', 'size', 'typescript'))
})

test('the README comes first, with a block of several lines that calls the name, not one that only names it', async () => {
  const texts = {
    'README.md':
      "# orbit\n\nOrbit.\n\n```js\nplan(leo)\n```\n\n```js\nimport { plan, Burn } from 'orbit'\nconst burns = plan(leo, geo)\nburns.length // 3\n```\n\n```js\nfunction first(): Burn<number> {\n  return plan(leo)[0]\n}\n```\n",
    'src/index.ts':
      '/** Finds the shortest way. */\nexport function plan(a: number, b: number): Burn<number>[] {\n  return []\n}\n/** One. */\nexport class Burn<T> {}\n',
  }
  const { inventory, analysis } = await analysedSample(texts)
  const { markdown } = document({ inventory, analysis, guides: await guidesOf(texts) })
  const pages = [...markdown.values()].join('\n')
  const of = (name: string): string => pages.split(`### \`${name}\``)[1]?.split('\n#')[0] ?? ''
  assert.match(of('plan'), /\*\*Example\*\* from [^\n]*README[^`]*```js\nimport [^`]*\/\/ 3\n```/)
  assert.doesNotMatch(of('Burn'), /Example/)
})

test('a block is about the name that it names first as a whole word', async () => {
  const declared = (name: string): string => `/** Does it. */\nexport function ${name}(text) {\n  return text\n}\n`
  const texts = {
    'src/index.js': declared('widget') + declared('get'),
    'README.md':
      "# orbit\n\nOrbit.\n\n```js\nconst target = widget('a')\nconst b = get(target)\n```\n\n```js\nconst other = get('c')\nprint(other)\n```\n",
  }
  const { inventory, analysis } = await analysedSample(texts)
  const { markdown } = document({ inventory, analysis, guides: await guidesOf(texts) })
  const pages = [...markdown.values()].join('\n')
  const of = (name: string): string => pages.split(`### \`${name}\``)[1]?.split('\n#')[0] ?? ''
  assert.match(of('widget'), /```js\nconst target/)
  assert.match(of('get'), /```js\nconst other/)
})

test('a block of a README is that of two entries at most, and of a name that means only one thing', async () => {
  const texts = {
    'src/index.js': ['one', 'two', 'three']
      .map((name) => `/** Does ${name}. */\nexport function ${name}(text) {\n  return text\n}\n`)
      .join(''),
    'README.md': "# plans\n\nPlans things.\n\n## Usage\n\n```js\none('a')\ntwo('b')\nthree('c')\n```\n",
  }
  const shownIn = async (all: Record<string, string>): Promise<string[]> => {
    const { inventory, analysis } = await analysedSample(all)
    const surfaces = surfacesOf(readPackages(inventory), analysis, inventory.files, 'orbit')
    const { markdown } = document({ inventory, analysis, surfaces, guides: await guidesOf(all) })
    const entries = [...markdown.values()].join('\n').split(/^#{2,4} /m)
    return entries.filter((one) => one.includes('**Example**')).map((one) => /^`(\w+)/.exec(one)?.[1] ?? '')
  }
  assert.deepEqual(await shownIn(texts), ['one', 'two'])
  const kotlin = {
    'pom.xml': '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId></project>',
    'src/main/kotlin/org/orbit/Plans.kt':
      'package org.orbit\n\n/** Parts them. */\nfun <T> Iterable<T>.part(): Int {\n    return 1\n}\n',
    'README.md':
      '# orbit\n\nPlans things.\n\n## Usage\n\n```kotlin\nval all = listOf(1, 2)\nval parted = all.part()\nprintln(parted)\n```\n',
  }
  const flows = 'package org.orbit\n\n/** Parts it. */\nfun <T> Flow<T>.part(): Int {\n    return 1\n}\n'
  assert.deepEqual(await shownIn(kotlin), ['Iterable'])
  assert.deepEqual(await shownIn({ ...kotlin, 'src/main/kotlin/org/orbit/Flows.kt': flows }), [])
  const other = 'export class Store {\n  /** Another. */\n  one() {\n    return 1\n  }\n}\n'
  assert.deepEqual(await shownIn({ ...texts, 'src/other.js': other }), ['two', 'three'])
})

test('an example of a Ruby class names the class itself, and is no plan of what may come', async () => {
  const shown = async (path: string, code: string): Promise<boolean> => {
    const texts = {
      'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\nend\n',
      'README.md': '# Orbit\n\nPlans flights.\n',
      'lib/orbit.rb':
        'module Orbit\n  # Plans a flight.\n  class Flight\n    # Cannot be flown.\n    class Lost\n    end\n\n    def initialize(body); end\n  end\nend\n',
      [path]: `# Flights\n\nWords.\n\n\`\`\`ruby\n${code}\n\`\`\`\n`,
    }
    const { inventory, analysis } = await analysedSample(texts)
    const surfaces = surfacesOf(readPackages(inventory), analysis, inventory.files, 'orbit')
    const { markdown } = document({ inventory, analysis, surfaces, guides: await guidesOf(texts) })
    const pages = [...markdown].filter(([page]) => !page.startsWith('guide')).map(([, text]) => text)
    return pages.join('\n').split('`Orbit::Flight`\n')[1]?.split('\n## ')[0]?.includes('**Example**') ?? false
  }
  assert.equal(await shown('docs/flights.md', 'flight = Orbit::Flight.new(\n  "mars"\n)'), true)
  assert.equal(await shown('docs/flights.md', 'flight = Flight.new(\n  "mars"\n)'), false, 'of another module')
  assert.equal(await shown('docs/flight-plan.md', 'flight = Orbit::Flight.new(\n  "mars"\n)'), false)
  const lost = 'Orbit::Flight::Lost.options = {\n  soft: true,\n}'
  assert.equal(await shown('docs/flights.md', lost), false)
  assert.equal(await shown('docs/flights.md', `${lost}\n# SpaceFlight is else`), false)
})

test('an example that defines a function of the name itself is none', async () => {
  const shown = async (code: string): Promise<boolean> => {
    const texts = {
      'pyproject.toml': '[project]\nname = "orbit"\nversion = "1.0"\n',
      'README.md': '# Orbit\n\nPlans flights.\n',
      'orbit/__init__.py': 'def main(legs=None) -> int:\n    """Runs the command line."""\n    return 1\n',
      'docs/flights.md': `# Flights\n\nWords.\n\n\`\`\`python\n${code}\n\`\`\`\n`,
    }
    const { inventory, analysis } = await analysedSample(texts)
    const surfaces = surfacesOf(readPackages(inventory), analysis, inventory.files, 'orbit')
    const { markdown } = document({ inventory, analysis, surfaces, guides: await guidesOf(texts) })
    const pages = [...markdown].filter(([page]) => !page.startsWith('guide')).map(([, text]) => text)
    return pages.join('\n').includes('**Example**')
  }
  assert.equal(await shown('from orbit import main\n\nmain(["mars"])'), true)
  assert.equal(await shown('import orbit\n\ndef main():\n    orbit.fly()\n\nmain()'), false)
})

test('an example that imports the name from another package is none', async () => {
  const shown = async (from: string): Promise<boolean> => {
    const texts = {
      'package.json': '{"name":"orbit","version":"1.0.0","exports":"./index.js"}',
      'index.js': '/** Plans a flight. */\nexport function plan(a) {\n  return a\n}\n',
      'README.md': `# Orbit\n\nPlans.\n\n## Usage\n\n\`\`\`js\nimport { plan } from '${from}'\n\nconst a = plan('b')\n\`\`\`\n`,
    }
    const { inventory, analysis } = await analysedSample(texts)
    const surfaces = surfacesOf(readPackages(inventory), analysis, inventory.files, 'orbit')
    const { markdown } = document({ inventory, analysis, surfaces, guides: await guidesOf(texts) })
    return [...markdown.values()].join('\n').includes('**Example**')
  }
  assert.deepEqual(await Promise.all([shown('orbit'), shown('comet')]), [true, false])
})

test('the test that is shown as the example is not told again below it', async () => {
  const texts = {
    'src/parse.py': 'def parse(text: str) -> int:\n    """Reads a number."""\n    return int(text)\n',
    'tests/test_parse.py':
      'from src.parse import parse\n\n\ndef test_parse():\n    found = parse("4")\n    assert found == 4\n\n\ndef test_a():\n    parse("a")\n\n\ndef test_b():\n    parse("b")\n',
  }
  const pagesWith = async (more: string): Promise<string> => {
    const { markdown } = document(
      await analysedSample({ ...texts, 'tests/test_parse.py': texts['tests/test_parse.py'] + more }),
    )
    return [...markdown].flatMap(([path, page]) => (path === 'all-symbols.md' ? [] : [page])).join('\n')
  }
  const one = await pagesWith('')
  assert.match(one, /\*\*Example\*\* from[^\n]*test_parse/)
  assert.doesNotMatch(one, /Some tests/)
  const two = await pagesWith('\n\nclass TestParse:\n    def test_parse(self):\n        assert parse("5") == 5\n')
  assert.match(two, /Some tests<\/summary>\n\n- [^\n]*line/)
})
