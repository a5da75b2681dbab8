/** Which lines of tests are shown for a definition, and which file a file of tests is about. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { shownCode } from '#generate/pages/usage/shown-code.ts'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

async function pagesOf(texts: Record<string, string>): Promise<string> {
  const { markdown, verification } = document(await analysedSample(texts))
  assert.deepEqual(verification.faults, [])
  return [...markdown.values()].join('\n').replace(/\]\([^)]*\)/g, ']')
}

test('of a test those lines are shown that call what succeeds, no two alike', async () => {
  const all = await pagesOf({
    'src/reader.py': 'def read(text):\n    """Tells how long it is."""\n    return len(text)\n',
    'tests/test_reader.py': `from src.reader import read


def test_read():
    assert not read("")
    size = read("abc")
    size = read("abc")
    other = read("abcd")
    assert read("ab") == 2
`,
  })
  const shown = [...all.matchAll(/^- \[`test_read`\], .*: `([^`]*)`$/gm)].map(([, code]) => code)
  assert.deepEqual(shown, ['assert read("ab") == 2'])
})

test('a call whose value is thrown away is not shown', async () => {
  const all = await pagesOf({
    'package.json': '{"name":"orbit","version":"1.0.0"}',
    'src/reader.ts':
      '/** Reads. */\nexport class Reader {\n  /** Gives one. */\n  read(text: string): number { return text.length }\n}\n',
    'test/reader.test.ts':
      "import { Reader } from '../src/reader.ts'\n\nconst reader = new Reader()\ntest('it', () => {\n  void reader.read('a')\n})\n",
  })
  assert.match(all, /Reader\.read/)
  assert.doesNotMatch(all, /void reader\.read/)
})

test('of a test that expects some calls to fail no line is shown', async () => {
  const all = await pagesOf({
    'src/reader.py': 'def read(text):\n    """Tells how long it is."""\n    return len(text)\n',
    'tests/test_reader.py': `import pytest
from src.reader import read


def test_read():
    with pytest.raises(ValueError):
        read(3)
    assert read("abc") == 3
    with pytest.raises(ValueError):
        read(4)
    assert read("ab") == 2
`,
  })
  const shown = [...all.matchAll(/^- \[`test_read`\], .*: `([^`]*)`$/gm)].map(([, code]) => code)
  assert.deepEqual(shown, [])
})

test('tests of main.py are about main.py, which they import by way of the package, not about __main__.py', async () => {
  const all = await pagesOf({
    'pkg/__init__.py': 'from .main import load\n\n__all__ = ["load"]\n',
    'pkg/__main__.py': 'from .cli import run\n\nif __name__ == "__main__":\n    run()\n',
    'pkg/cli.py': 'from .main import load\n\n\ndef run():\n    """Run the program."""\n    load()\n',
    'pkg/main.py': 'def load():\n    """Load the settings."""\n    return 1\n',
    'tests/test_main.py': 'import pkg\n\n\ndef test_load():\n    assert pkg.load() == 1\n',
  })
  assert.match(all, /tests \[`pkg\/main\.py`/)
  assert.doesNotMatch(all, /tests [^\n]*__main__/)
})

test('what is set on a function and called is a use of that, not of the function', async () => {
  const all = await pagesOf({
    'log.js': `module.exports = log
module.exports.token = token

/** Make a logger. */
function log (format) { return format }

/** Registers a part of the format. */
function token (name) { return name }
`,
    'use.js': "const log = require('./log')\nexports.use = function use () {\n  return log.token('url')\n}\n",
  })
  const entry = (name: string): string => all.split(/^### /m).find((one) => one.startsWith(`\`${name}\``)) ?? ''
  assert.match(entry('token'), /: `return log\.token\('url'\)`$/m)
  assert.doesNotMatch(entry('log'), /ome uses/)
})

test('what is expected to fail is not shown beside what succeeds', async () => {
  const all = await pagesOf({
    'src/reader.py': 'def read(text):\n    """Tells how long it is."""\n    return len(text)\n',
    'tests/test_reader.py': `from src.reader import read


def test_read():
    assert read("abc") == 3


def test_numbers():
    with pytest.raises(ValueError):
        read(4)
`,
  })
  const shown = [...all.matchAll(/^- \[`test_read`\], .*: `([^`]*)`$/gm)].map(([, code]) => code)
  assert.deepEqual(shown, ['assert read("abc") == 3'])
})

test('a line that is part of a longer statement comes last', async () => {
  const all = await pagesOf({
    'src/reader.py': 'def read(text):\n    """Tells how long it is."""\n    return len(text)\n',
    'tests/test_reader.py':
      'from src.reader import read\n\n\ndef test_read():\n    run([1,\n         2,\n         3,\n         4,\n         read("abc")])\n    pass\n    pass\n    pass\n    size = read("ab")\n    more = read("a")\n    also = read("abcd")\n    assert also\n',
  })
  const shown = [...all.matchAll(/^- \[`test_read`\], .*: `([^`]*)`$/gm)].map(([, code]) => code)
  assert.deepEqual(shown, ['size = read("ab")'])
})

/** What is shown for a use on a line. */
function shown(text: string, line: number, language = 'typescript'): string {
  const file = { path: 'a.x', language, text }
  return shownCode({ files: new Map([[file.path, file]]) } as unknown as RepoIndex, file.path, line)
}

test('a short statement over several lines is shown whole', () => {
  assert.equal(
    shown('fn f() {\n  assert_eq!(\n    Some(1),\n    Foo::bar(&c)\n  );\n}', 4, 'rust'),
    'assert_eq!(Some(1), Foo::bar(&c));',
  )
  assert.equal(shown('const plan = new Plan({\n  body: earth,\n})\n', 1), 'const plan = new Plan({ body: earth })')
  assert.equal(
    shown('p\n  .modify(_.a)\n  .setTo(1) should be (x)', 3, 'scala'),
    'p.modify(_.a).setTo(1) should be (x)',
  )
  assert.equal(shown('/** Words.\n */\nbar(b)', 3), 'bar(b)')
  assert.equal(shown('return match (a) {\n  0 => Plan.A,\n  1 => 2,\n}', 2), '')
  assert.equal(shown('return a(m)\n  // .map(x)\n  .to(this)', 3), 'return a(m).to(this)')
  assert.equal(shown('def a\n  x\n  Attack.run\nend\nend', 3, 'ruby'), 'Attack.run')
})

test('a statement ends with its line where the last sign belongs to a name or a word ends no expression', () => {
  assert.equal(shown('raise StackLocked, LOCK if locked?\nend', 1, 'ruby'), 'raise StackLocked, LOCK if locked?')
  assert.equal(shown('value ? new.update(value) : new\nend', 1, 'ruby'), 'value ? new.update(value) : new')
  assert.equal(shown('@a = Headers.new\n@b = Params.new\n', 2, 'ruby'), '@b = Params.new')
  assert.equal(shown('alias_method :member_set, :[]=\nfoo\n', 1, 'ruby'), 'alias_method :member_set, :[]=')
  assert.equal(shown('else\nrun(a)\n', 2, 'ruby'), 'run(a)')
  assert.equal(shown('let a = read(b)?\nlet c = 1', 1, 'rust'), 'let a = read(b)?')
  assert.equal(shown('var plan: Plan?\nvar other: Int', 1, 'swift'), 'var plan: Plan?')
  assert.equal(shown('count++\nrun(count)\n', 2, 'go'), 'run(count)')
  assert.equal(shown('build_image .\npush_image\n', 1, 'bash'), 'build_image .')
  assert.equal(shown('const a = isOk ?\n  run(1) :\n  2', 2), 'const a = isOk ? run(1) : 2')
  assert.equal(shown('x = a ||\n  run(b)\n', 2, 'ruby'), 'x = a || run(b)')
  assert.equal(shown('text\n|> trim()\n|> run(b)\n', 3, 'elixir'), 'text |> trim() |> run(b)')
})

test('of a long statement no line is shown that shows nothing', () => {
  const scan = 'all.Scan(scan => scan\n  .A(1)\n  .B(2)\n  .C(3)\n  .D(4));\n'
  assert.equal(shown(scan, 1, 'csharp'), '')
  assert.equal(shown(scan, 3, 'csharp'), '')
  assert.equal(shown('command(\n  a\n) { x in\n  y()\n  z()\n}.run()', 6, 'swift'), '')
  assert.equal(shown('serve(options,\n  a,\n  b,\n  c,\n  d)', 1), '')
  assert.equal(shown('pub fn copy(\n  &self,\n  a: A,\n  b: B,\n) -> Result<()> {\n', 5, 'rust'), '')
  assert.equal(shown('if (foo(a)) {\n  return b\n}', 1), 'if (foo(a)) {')
})

test('a long line is not shown, and a line of a notebook is code', () => {
  assert.equal(shown(`warn "${'x'.repeat(120)}" if defined?(Orbit::Rails)`, 1, 'ruby'), '')
  const file = { path: 'a.ipynb', language: 'ipynb', text: '"x = 1\\n",\n"foo(\\"a\\")\\n",\n' }
  const repo = { files: new Map([[file.path, file]]) } as unknown as RepoIndex
  assert.equal(shownCode(repo, file.path, 2), 'foo("a")')
})

test('an error that is only expected has no example, and tests of types are not told', async () => {
  const all = await pagesOf({
    'src/reader.py': 'class ReadError(Exception):\n    """Told when it cannot be read."""\n',
    'tests/test_reader.py':
      'import pytest\nfrom src.reader import ReadError\n\n\ndef test_read():\n    with pytest.raises(ReadError):\n        run()\n',
  })
  assert.doesNotMatch(all, /pytest\.raises/)
  const typed = await pagesOf({
    'package.json': '{"name":"orbit","version":"1.0.0"}',
    'src/reader.ts': '/** Reads. */\nexport function read(text: string): number { return text.length }\n',
    'test/reader.test-d.ts': "import { read } from '../src/reader.ts'\n\nexpectType<number>(read('a'))\n",
  })
  assert.doesNotMatch(typed, /Some tests/)
})

test('an assertion with the expected result is shown before a call without it', async () => {
  const all = await pagesOf({
    'src/reader.py': 'def read(text, more):\n    """Tells how long it is."""\n    return text\n',
    'tests/test_reader.py': `from src.reader import read


def test_read():
    first = read("ab", other)
    second = read(text, other)
    third = read(text, more)
    fourth = read(text, last)
    assert read("abc", other) == "abc"
    assert read("abcde", other) == "abcde"
    assert read("abcd", other) == "abcd"
`,
    'tests/test_other.py': 'from src.reader import read\n\n\ndef test_other():\n    run(read)\n',
  })
  assert.match(all, /^- \[`test_read`\], .*: `assert read\("abc", other\) == "abc"`$/m)
  assert.doesNotMatch(all, /test_other`/)
})

test('a call that is given nothing is not shown', async () => {
  const textOf = (call: string): Record<string, string> => ({
    'src/reader.py': 'def read(text, more):\n    """Tells how long it is."""\n    return text\n',
    'tests/test_reader.py': `from src.reader import read\n\n\ndef test_read():\n    one = read()\n${call}`,
  })
  assert.doesNotMatch(await pagesOf(textOf('')), /`one = read/)
  const both = await pagesOf(textOf('    two = read("abc", 1)\n    assert two\n'))
  assert.match(both, /: `two = read\("abc", 1\)`$/m)
})

test('the type of a field or of a result is no use to show', async () => {
  const all = await pagesOf({
    'composer.json': '{"name":"orbit/plans","autoload":{"psr-4":{"Orbit\\\\":"src/"}}}',
    'src/Plan.php': '<?php\n\nnamespace Orbit;\n\n/** A plan. */\nclass Plan\n{\n}\n',
    'tests/PlanTest.php': `<?php

use Orbit\\Plan;

class PlanTest extends TestCase
{
    private Plan $plan;

    private function made(array $names): Plan
    {
        return $this->mock('Plan');
    }
}
`,
  })
  assert.doesNotMatch(all, /Some uses|`private Plan/)
})

test('a call under @ts-expect-error shows no use', async () => {
  const all = await pagesOf({
    'package.json': '{"name":"orbit","exports":"./plan.ts"}',
    'plan.ts': '/** Plans burns. */\nexport function plan(many: number) {\n  return many\n}\n',
    'test/plan.test.ts': `import { plan } from '../plan'

it('plan', () => {
  // @ts-expect-error, no number
  const wrong = plan('four')
  const right = plan(1, { body: 'earth' })
})
`,
  })
  assert.match(all, /`const right = plan\(1, \{ body/)
  assert.doesNotMatch(all, /plan\('four'\)/)
})

test('the head of a function literal shows no use of the type of its parameter', async () => {
  const all = await pagesOf({
    'go.mod': 'module example.com/orbit\n\ngo 1.22\n',
    'plan.go':
      'package orbit\n\n// Plan lists burns.\ntype Plan interface {\n\tBurns() int\n}\n\n// Filter keeps plans.\ntype Filter func(Plan) Plan\n',
    'plan_test.go': `package orbit

import "testing"

func TestFilter(t *testing.T) {
\tvar keep Filter
\tkeep = func(_ Plan) Plan {
\t\treturn nil
\t}
\tuse(keep, []Plan{short{}, long{}})
}
`,
  })
  assert.doesNotMatch(all, /`keep = func/)
})
