import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { startedBy } from '#generate/pages/usage/started-programs.ts'

/** The programs that a test starts, in a repository with some programs beside it. */
function started(path: string, text: string): string[] {
  const names = [
    'src/parse.js',
    'src/other.js',
    'lib/a.js',
    'lib/z.js',
    'orbit.py',
    'orbit/cli.py',
    'tests/orbit/cli.py',
  ]
  const files = new Map(
    [...names, path].map((name) => [
      name,
      {
        path: name,
        text: name === path ? text : '',
        language: name.endsWith('.py') ? 'python' : 'javascript',
        role: name === path ? 'test' : 'code',
      },
    ]),
  )
  const leaves = new Map(names.map((name) => [name, {}]))
  return startedBy({ files, leaves, links: new Map() } as unknown as RepoIndex, path)
}

test('a test starts the programs in the arguments of calls that start one, in the order of the text', () => {
  const js = (code: string): string[] => started('test/a.test.js', code)
  assert.deepEqual(
    js(
      "execFileSync('git', ['init'])\nreadFileSync('src/parse.js')\nconst isOther = x.file === 'src/other.js'\n// spawn('lib/a.js')\n",
    ),
    [],
  )
  assert.deepEqual(js("spawn('node', ['lib/z.js'])\nspawn('node', [path.join(__dirname, '..', 'lib', 'a.js')])"), [
    'lib/z.js',
    'lib/a.js',
  ])
  assert.deepEqual(js("const cli = path.join(__dirname, '../lib/a.js')\nconst args = [cli]\nspawn(node, args)"), [
    'lib/a.js',
  ])
  const run = "function run(file) {\n  return spawnSync('node', [file])\n}\n"
  assert.deepEqual(js(`${run}run('./lib/z.js')\nread('./lib/a.js')`), ['lib/z.js'])
  assert.deepEqual(js("const run = promisify(execFile)\nawait run('node', ['./lib/z.js'])"), ['lib/z.js'])
  assert.deepEqual(js("const run = (file) => execa('node', [file])\nrun('./lib/z.js')\nread('./lib/a.js')"), [
    'lib/z.js',
  ])
  assert.deepEqual(
    js(
      "const root = dirname(dirname(fileURLToPath(import.meta.url)))\nfork(join(dirname(fileURLToPath(import.meta.url)), '..', 'lib/a.js'))",
    ),
    ['lib/a.js'],
  )
})

test('a path from the file of a test goes up as often as it says', () => {
  const python = (value: string): string[] =>
    started('tests/test_a.py', `def test_a():\n    subprocess.run([sys.executable, str(${value})])\n`)
  assert.deepEqual(python('Path(__file__).parent.parent / "orbit.py"'), ['orbit.py'])
  assert.deepEqual(python('Path(__file__).parent.parent / "orbit/cli.py"'), ['orbit/cli.py'])
  assert.deepEqual(python('Path(__file__).resolve().parents[1] / "orbit" / "cli.py"'), ['orbit/cli.py'])
  assert.deepEqual(python('os.path.join(os.path.dirname(os.path.dirname(__file__)), "orbit.py")'), ['orbit.py'])
  const helper =
    'def run(*args):\n    return subprocess.run([sys.executable, *args])\n\ndef test_a():\n    run("./orbit.py")\n    read("./orbit/cli.py")\n'
  assert.deepEqual(started('tests/test_a.py', helper), ['orbit.py'])
})

test('long files take little time', () => {
  for (const text of ['spawn(', 'function a(', 'a = spawn', "spawn(a, 'lib/a.js')\n", 'def a():\n', '__file__(((('])
    started('test/a.test.js', text.repeat(20_000))
})
