/** Which call the entry of a public name shows as an example of use. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPackages } from '#generate/manifests/read-packages.ts'
import { freeNames } from '#generate/pages/usage/free-names.ts'
import { isCall } from '#generate/pages/usage/is-call.ts'
import { costOfNothing } from '#generate/pages/usage/shows-nothing.ts'
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

test('a test that expects a failure gives no example, whatever it is called', async () => {
  const shown = await examplesIn({
    'src/parse.py': 'def parse(text: str) -> int:\n    """Reads a number."""\n    return int(text)\n',
    'tests/test_parse.py': `import pytest
from src.parse import parse


def test_letters():
    with pytest.raises(ValueError):
        parse("a")


def test_signs():
    found = parse("=")
    check_error(found)


def test_nothing():
    found = parse("")


def test_numbers():
    found = parse("forty-two and some more of it")


def test_others():
    found = parse("forty-two and some more of it, and of others")
`,
  })
  assert.equal(shown, 'found = parse("forty-two and some more of it")')
})

test('in Ruby, JavaScript and Rust as well', async () => {
  const ruby = await examplesIn({
    'lib/reader.rb': '# Reads.\nclass Reader\n  # A number.\n  def self.parse(text)\n    text.to_i\n  end\nend\n',
    'spec/reader_spec.rb': `RSpec.describe Reader do
  it 'reads letters' do
    Reader.parse('a')
  end

  it 'stops' do
    expect { Reader.parse('?') }.to raise_error(ArgumentError)
    Reader.parse('b')
  end
end
`,
    'spec/other_spec.rb':
      "def one\n  Reader.parse('longer text')\nend\n\ndef two\n  Reader.parse('longer text still')\nend\n",
  })
  assert.doesNotMatch(ruby, /parse\('b'\)/)
  const script = await examplesIn({
    'src/parse.js': '/** Reads a number. */\nexport function parse(text) {\n  return Number(text)\n}\n',
    'test/parse.test.js': `import { parse } from '../src/parse.js'
test('letters', () => {
  const a = parse('a')
  expect(() => parse('b')).toThrow()
})
test('numbers', () => {
  const number = parse('12345678901234567890123456789')
})
`,
    'test/more.test.js':
      "import { parse } from '../src/parse.js'\nfunction one() {\n  parse(null)\n}\nfunction two() {\n  parse('')\n}\n",
  })
  assert.equal(script, "const number = parse('12345678901234567890123456789')")
  const rust = await examplesIn({
    'Cargo.toml': '[package]\nname = "reader"\nversion = "0.1.0"\n',
    'src/lib.rs': '/// Reads a number.\npub fn parse(text: &str) -> u8 {\n    text.len() as u8\n}\n',
    'tests/parse.rs': `use reader::parse;

#[test]
#[should_panic]
fn letters() {
    let a = parse("a");
}

#[test]
fn numbers() {
    let number = parse("1234567890123456789012345678901");
}

#[test]
fn others() {
    let number = parse("12345678901234567890123456789012");
}
`,
  })
  assert.equal(rust, 'let number = parse("1234567890123456789012345678901");')
})

test('an example function of Go comes first, and a variable of a test stands with its declaration', async () => {
  const test = (name: string): string => `func Test${name}(t *testing.T) {\n\tn := Parse("1${name}")\n\tuse(n)\n}\n\n`
  const shown = await examplesIn({
    'go.mod': 'module example.org/reader\n',
    'parse.go': 'package reader\n\n// Parse reads a number.\nfunc Parse(text string) int {\n\treturn len(text)\n}\n',
    'parse_test.go': `package reader\n\n${['A', 'B', 'C'].map(test).join('')}func ExampleParse() {\n\tn := Parse("12")\n\tfmt.Println(n)\n\t// Output: 2\n}\n`,
  })
  assert.equal(shown, 'n := Parse("12")\nfmt.Println(n)\n// Output: 2')
  assert.deepEqual(freeNames('f := func(k string) { seen = append(seen, k) }', 'go'), ['seen'])
  assert.deepEqual(freeNames('A.merged(with: Box)', 'swift'), ['A'])
})

test('an object that a test only makes is no example of its class, one that it uses is', async () => {
  const php = (line: string): Record<string, string> => ({
    'src/Plan.php':
      '<?php\n/** Leads from one body to another. */\nclass Plan {\n    public function __construct(string $name) {}\n    public function fly(): int { return 1; }\n}\n',
    'tests/PlanTest.php': `<?php\nclass PlanTest {\n${['one', 'two', 'three'].map((name) => `    public function ${name}() {\n        ${line}\n    }\n`).join('')}}\n`,
  })
  assert.doesNotMatch(await examplesIn(php("$plan = new Plan('moon');")), /moon/)
  assert.match(await examplesIn(php("$size = (new Plan('moon'))->fly();")), /moon/)
})

test('a test that expects that nothing fails gives one', async () => {
  const shown = await examplesIn({
    'go.mod': 'module example.org/reader\n',
    'parse.go':
      'package reader\n\n// Parse reads a number.\nfunc Parse(text string) (int, error) {\n\treturn len(text), nil\n}\n',
    'parse_test.go': `package reader

func TestLetters(t *testing.T) {
	_, err := Parse("a")
	require.Error(t, err)
}

func TestNumbers(t *testing.T) {
	n, err := Parse("12")
	require.NoError(t, err)
}

func TestMore(t *testing.T) {
	n, err := Parse("34567")
}
`,
  })
  assert.equal(shown, 'n, err := Parse("12")')
})

test('lines between what an example needs and the call are shown; of a test nothing where something else stands there', async () => {
  const program = (lines: string): Record<string, string> => ({
    'src/program.py':
      'class Program:\n    """Reads options."""\n\n    def add(self, name: str) -> None:\n        """One more."""\n\n    def parse(self, words: list) -> None:\n        """Reads words."""\n',
    ...Object.fromEntries(
      ['one', 'two', 'program'].map((name) => [
        `tests/test_${name}.py`,
        `from src.program import Program\n\n\ndef test_${name}():\n    mine = Program("test")\n${lines}    mine.parse(["--${name}"])\n`,
      ]),
    ),
  })
  assert.match(
    await examplesIn(program('    mine.add("--one")\n')),
    /^mine = Program\("test"\)\nmine\.add\("--one"\)\nmine\.parse\(\["--program"\]\)$/m,
  )
  assert.doesNotMatch(await examplesIn(program('    unknown(mine)\n')), /mine\.parse/)
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

test('a call that is given a function which does nothing shows little', () => {
  assert.ok(costOfNothing('subscribe(state, () => {})', 'subscribe') > 0)
  assert.ok(costOfNothing('subscribe(state, function () {})', 'subscribe') > 0)
  assert.equal(costOfNothing('subscribe(state, () => { log(state) })', 'subscribe'), 0)
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

test('what gives nothing, is expected to come to nothing, has an empty function or is a row of data is no example', async () => {
  const c = (lines: string): Record<string, string> => ({
    'plan.h': '/* Looks through what is there. */\nvoid *plan_find(void *all, const char *name);\n',
    'plan.c': '#include "plan.h"\nvoid *plan_find(void *all, const char *name) {\n    return all;\n}\n',
    ...Object.fromEntries(
      ['one', 'two', 'plan'].map((name) => [
        `tests/test_${name}.c`,
        `#include "../plan.h"\n#include "unity.h"\nstatic void ${name}(void) {\n${lines}}\nint main(void) { RUN_TEST(${name}); return 0; }\n`,
      ]),
    ),
  })
  assert.equal(await examplesIn(c('    void *found = plan_find(NULL, "a");\n    TEST_ASSERT_TRUE(found);\n')), '')
  assert.equal(await examplesIn(c('    TEST_ASSERT_NULL(plan_find(PLANS, "a"));\n')), '')
  assert.equal(await examplesIn(c('    void *found = plan_find(PLANS, "a");\n    TEST_ASSERT_NULL(found);\n')), '')
  assert.equal(
    await examplesIn(c('    void *found = plan_find(PLANS, "a");\n    use(found);\n')),
    'void *found = plan_find(PLANS, "a");',
  )
  const script = (line: string): Record<string, string> => ({
    'src/each.js':
      '/** Visits them in order. */\nexport function each(all, call) {\n  for (const one of all) call(one)\n}\n',
    ...Object.fromEntries(
      ['one', 'two', 'each'].map((name) => [
        `test/${name}.test.js`,
        `import { each } from '../src/each.js'\nfunction on_${name}() {\n  ${line}\n}\n`,
      ]),
    ),
  })
  assert.equal(await examplesIn(script('each([1, 2], function (one, two) {})')), '')
  assert.equal(
    await examplesIn(script('each([1, 2], (one) => console.log(one))')),
    'each([1, 2], (one) => console.log(one))',
  )
  const php = (line: string): Record<string, string> => ({
    'src/Plan.php':
      '<?php\n/** Leads from one body to another. */\nclass Plan {\n    /** Begins with the number of its burns. */\n    public static function of(int $value): self { return new self(); }\n}\n',
    'tests/PlanTest.php': `<?php\nclass PlanTest {\n${['one', 'two', 'three'].map((name) => `    public function ${name}() {\n        ${line}\n    }\n`).join('')}}\n`,
  })
  assert.doesNotMatch(await examplesIn(php('yield [Plan::of(5), 2];')), /of\(5\)/)
  assert.match(await examplesIn(php('$plan = Plan::of(5);')), /of\(5\)/)
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

test('a call that gives what is there without it, or that stands in a helper of tests, is no example', async () => {
  const shown = await examplesIn({
    'src/Table.php':
      "<?php\n/** Writes. */\nclass Table\n{\n  protected string $mark = '\"';\n  /** Encloses the texts. */\n  public function setMark(string $mark): static\n  {\n    $this->mark = $mark;\n    return $this;\n  }\n}\n",
    'tests/TableTest.php': `<?php
class TableTest
{
  public function testDefault(): void
  {
    $table = new Table();
    $table->setMark('"');
  }
  public function testOther(): void
  {
    $table = new Table();
    $table->setMark('|');
  }
  public function testMore(): void
  {
    $table = new Table();
    $table->setMark('"');
  }
}
`,
    'src/pad.py': 'def pad(text: str, sign: str = "=") -> str:\n    """Fills a text."""\n    return text + sign\n',
    'tests/keys.py': 'from src.pad import pad\n\n\ndef load():\n    decoded = pad("key", "-")\n    return decoded\n',
    'tests/test_pad.py': `from src.pad import pad


def test_usual():
    padded = pad("some more of it", "+")
    assert padded


def test_again():
    padded = pad("some more of it, and of others", "+")
    assert padded
`,
  })
  assert.match(shown, /setMark\('\|'\)/)
  assert.doesNotMatch(shown, /setMark\('"'\)|decoded/)
  assert.match(shown, /padded = pad\("some more of it", "\+"\)/)
})

test('a call that must panic, and one with a name that its excerpt does not set, are no examples', async () => {
  const go = await examplesIn({
    'go.mod': 'module example.org/reader\n',
    'parse.go': 'package reader\n\n// Parse reads a number.\nfunc Parse(text string) int {\n\treturn len(text)\n}\n',
    'parse_test.go': `package reader

func TestParse_PanicsOnLetters(t *testing.T) {
	n := Parse("a")
}

func TestLetters(t *testing.T) {
	defer func() { check(recover() != nil) }()
	n := Parse("b")
}

func TestNumbers(t *testing.T) {
	n := Parse("1234567890123456789012345")
}
`,
  })
  assert.equal(go, 'n := Parse("1234567890123456789012345")')
  assert.deepEqual(freeNames('client = orbit.Client(mounts=mounts)', 'python'), ['orbit', 'mounts'])
  assert.deepEqual(freeNames('if (found := plan(1)) and found', 'python'), ['plan'])
})

test('what a helper of tests returns, and fields that no user can set, are no example', async () => {
  const shown = await examplesIn({
    'go.mod': 'module example.org/orbit\n',
    'result.go':
      '// Package orbit plans.\npackage orbit\n\n// Result is found.\ntype Result struct {\n\titem int\n}\n\n// Make makes one.\nfunc Make(a int) Result { return Result{item: a} }\n',
    'result_test.go':
      'package orbit\n\nimport "testing"\n\nfunc some() Result {\n\treturn Make(1)\n}\n\nfunc TestA(t *testing.T) {\n\tr := Result{item: 1}\n\t_ = r\n}\n\nfunc TestB(t *testing.T) {\n\ts := Result{item: 2}\n\t_ = s\n}\n\nfunc TestC(t *testing.T) {\n\tu := Make(1 + 1)\n\tv := Result{item: 3}\n\t_, _ = u, v\n}\n\nfunc TestD(t *testing.T) {\n\tw := Make(2 + 2)\n\t_ = w\n}\n',
  })
  assert.doesNotMatch(shown, /return Make|Result\{/)
  assert.match(shown, /Make\(\d \+ \d\)/)
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
  assert.equal(await shown('docs/flight-plan.md', 'flight = Orbit::Flight.new(\n  "mars"\n)'), false)
  assert.equal(await shown('docs/flights.md', 'Orbit::Flight::Lost.options = {\n  soft: true,\n}'), false)
})

test('stand-ins, private attributes and data for failing tests are no example', async () => {
  const python = (body: string): Record<string, string> => ({
    'src/plan.py': 'def plan(body, years):\n    """Plans burns."""\n    return body\n',
    'tests/test_plan.py': `from src.plan import plan\n\n\ndef test_a():\n    ${body}\n\n\ndef test_b():\n    run(plan)\n\n\ndef test_c():\n    run(plan, 1)\n`,
  })
  assert.match(await examplesIn(python('found = plan("Mars", 4)')), /plan\("Mars", 4\)/)
  assert.equal(await examplesIn(python('found = plan(Mock("Mars"), 4)')), '')
  assert.equal(await examplesIn(python('found = plan("Mars", 4)._years')), '')
  const php = (expected: string): Promise<string> =>
    examplesIn({
      'composer.json': '{"name":"orbit/plans","autoload":{"psr-4":{"Orbit\\\\":"src/"}}}',
      'src/Plan.php':
        '<?php\n\nnamespace Orbit;\n\n/** A plan. */\nclass Plan\n{\n    /** Reads one. */\n    public static function read(string $path): Plan { return new Plan(); }\n}\n',
      'tests/PlanTest.php': `<?php\n\nuse Orbit\\Plan;\n\nclass PlanTest extends TestCase\n{\n    /**\n     * @dataProvider scenarios\n     */\n    public function reading(callable $scenario): void\n    {\n        ${expected}\n        $scenario();\n    }\n\n    public static function scenarios(): Generator\n    {\n        $plan = Plan::read('../a.txt');\n        $plan = Plan::read('../b.txt');\n        yield [1];\n    }\n\n    public function a(): void { use(Plan::class); }\n\n    public function b(): void { use(Plan::class); }\n}\n`,
    })
  assert.doesNotMatch(await php('$this->expectException(PathTraversalDetected::class);'), /Plan::read/)
})

test('a comment behind an argument is not part of it', async () => {
  const shown = await examplesIn({
    'go.mod': 'module example.org/acme/orbit\n\ngo 1.22\n',
    'orbit.go':
      'package orbit\n\n// Option sets something.\ntype Option func()\n\n// WithSize sets the size.\nfunc WithSize(w, h int) Option { return nil }\n\n// New plans.\nfunc New(all ...Option) int { return 1 }\n',
    'orbit_test.go':
      'package orbit\n\nimport "testing"\n\nfunc TestA(t *testing.T) {\n\tp := New(\n\t\t// The size.\n\t\tWithSize(80, 24),\n\t\t// Something else.\n\t\tother(),\n\t)\n\tuse(p)\n}\n\nfunc TestB(t *testing.T) { use(WithSize) }\n\nfunc TestC(t *testing.T) { use(WithSize) }\n',
  })
  assert.doesNotMatch(shown, /Something else/)
})
