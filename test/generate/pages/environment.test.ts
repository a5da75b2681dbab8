import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { SourceFile } from '#generate/model.ts'
import { environmentSettings } from '#generate/pages/environment-files.ts'
import { environmentReads } from '#generate/pages/environment-reads.ts'
import { component, document, file, sample } from './sample.ts'

/** `NAME=default@line` of each read. */
function reads(language: string, text: string): string[] {
  return environmentReads(file('x', text, { language })).map(
    (read) => `${read.name}${read.default === null ? '' : `=${read.default}`}@${read.line}`,
  )
}

describe('reads of the environment are found in', () => {
  const cases: [language: string, text: string, expected: string[]][] = [
    [
      'typescript',
      `const a = process.env.PORT ?? 80\nconst b = process.env['HOST'] || 'local'\nimport.meta.env.VITE_KEY; Deno.env.get("D")\nconst { ONE, TWO = '2' } = process.env\n\`\${process.env.IN_TEMPLATE}\``,
      ['PORT=80@1', 'HOST=local@2', 'VITE_KEY@3', 'D@3', 'ONE@4', 'TWO=2@4', 'IN_TEMPLATE@5'],
    ],
    ['vue', '<template>process.env.NO</template>\n<script setup>\nprocess.env.YES\n</script>', ['YES@3']],
    [
      'python',
      'import os\nos.environ["A"]\nos.environ.get("B", "b")\nos.getenv(\'C\', 3)\nKEY = "D"\nos.getenv(KEY)\nif "E" in os.environ or "F" not in os.environ: "G" in x',
      ['A@2', 'B=b@3', 'C=3@4', 'D@6', 'E@7', 'F@7'],
    ],
    ['c', 'char *h = getenv("HOME"); secure_getenv( "S" );', ['HOME@1', 'S@1']],
    ['go', 'const Mode = "GIN_MODE"\nvar m = os.Getenv(Mode)\nos.LookupEnv("L")', ['GIN_MODE@2', 'L@3']],
    [
      'rust',
      'env::var("A").unwrap_or("a".into());\nstd::env::var_os("B"); option_env!("C"); env!("CARGO_PKG_NAME")',
      ['A=a@1', 'B@2', 'C@2'],
    ],
    ['java', 'System.getenv("A"); System.getenv().getOrDefault("B", "b");', ['A@1', 'B=b@1']],
    ['kotlin', 'val a = System.getenv("A") ?: "x"', ['A=x@1']],
    ['scala', 'sys.env.getOrElse("A", "a"); sys.env.get("B").getOrElse("b"); sys.env("C")', ['A=a@1', 'B=b@1', 'C@1']],
    ['swift', 'ProcessInfo.processInfo.environment["A"] ?? "a"', ['A=a@1']],
    ['ruby', "ENV['A'] || 'a'\nENV.fetch('B', 'b')\nENV.fetch('C') { 'c' }", ['A=a@1', 'B=b@2', 'C=c@3']],
    ['php', "getenv('A') ?: 'a'; env('B', true); $_ENV['C'] ?? 'c'; $this->env('NO');", ['A=a@1', 'B=true@1', 'C=c@1']],
    ['csharp', 'Environment.GetEnvironmentVariable("A") ?? "a"', ['A=a@1']],
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is Bash
    [
      'bash',
      'PORT="${PORT:-80}"\nOWN=1\necho "${OWN:-2} ${DIR:-$HOME}" \'${NO:-1}\' # ${NO:-2}\nread -r LINE; ${LINE:-x}\n${ESC:-\\$ESC}',
      ['PORT=80@1', 'DIR@3', 'ESC@5'],
    ],
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: it is Bash
  ]
  for (const [language, text, expected] of cases)
    test(language, () => assert.deepEqual(reads(language, text).sort(), expected.sort()))
})

test('what stands in comments and strings, is written, or has a name made at run time, is not read', () => {
  const nothing: [string, string][] = [
    ['typescript', '// process.env.A\n/* process.env.B */ "process.env.C" `process.env.D`; /process.env.E/'],
    ['typescript', 'process.env.A = 1; process.env["B"] = 2; process.env[name]; process.env.lower'],
    ['python', '# os.environ["A"]\n"""os.environ["B"]"""\nos.environ["C"] = "1"\nos.environ[f"D{x}"]\nenviron["E"]'],
    ['c', '/* getenv("A") */ // getenv("B")\nmy_getenv("C"); getenv(name); "getenv(\\"D\\")";'],
    ['rust', '// env::var("A")\nr#"env::var("B")"#; env::var(name)'],
    ['go', '`os.Getenv("A")`\nvar k = "A"\nk = other()\nos.Getenv(k)'],
    ['ruby', "# ENV['A']\nENV['B'] = '1'\n=begin\nENV['C']\n=end\n"],
    ['brainfuck', 'getenv("A")'],
  ]
  for (const [language, text] of nothing) assert.deepEqual(reads(language, text), [], text)
})

test('reads through a function of the file that passes its first parameter on are found', () => {
  const settings = `import os
def envint(s: str, default: str) -> int:
    return int(os.getenv(s, default))
def other(x, name):
    return os.getenv(name)
PORT = envint("PORT", "80")
MORE = other("NOT_THE_NAME", "OTHER")
`
  assert.deepEqual(reads('python', settings), ['PORT=80@6'])
  const script = 'const read = (name: string, rest) => process.env[name] ?? rest\nread("HOME", 1)\nthis.read("NO")\n'
  assert.deepEqual(reads('typescript', script), ['HOME=1@2'])
})

test('examples of .env files and services of compose files set variables', () => {
  const names = (one: SourceFile): string[] => environmentSettings(one).map(({ name, line }) => `${name}@${line}`)
  assert.deepEqual(names(file('.env.example', '# words\nA=1\nexport B=2\n# C=3\nA=4\nlower=5')), ['A@2', 'B@3', 'C@4'])
  assert.deepEqual(names(file('.env.ts', 'A=1')), [])
  const compose =
    'services:\n  web:\n    environment:\n      - A=1\n      - B\n    ports: [1]\n  db:\n    environment:\n      C: 2\n  X: 1\n'
  assert.deepEqual(names(file('deploy/docker-compose.prod.yml', compose)), ['A@4', 'B@5', 'C@9'])
})

test('the page of a module and the overview say which variables are read, where, by what, and what sets them', () => {
  const app = file('src/web/app.ts', '\nexport function start() { return process.env.PORT ?? 80 }\n')
  const quiet = file('src/core/run.ts', 'export function run() {}\n')
  const inTest = file('test/app.test.ts', 'process.env.ONLY_IN_TEST\n')
  const example = file('.env.example', 'PORT=8080\nUNREAD=1\n', { language: 'dotenv', role: 'config' })
  const input = sample([app, quiet, inTest, example], [component(app, 'start'), component(quiet, 'run')])
  const { markdown, verification } = document(input)
  assert.equal(verification.fault_count, 0)
  const pages = [...markdown].filter(([, text]) => text.includes('## Environment'))
  const overview = markdown.get('overview.md') ?? ''
  assert.match(
    overview,
    /^\| `PORT` \| `80` \| \[`src\/web\/app\.ts`\]\([^)]+\) \| \[`\.env\.example`\]\([^)]+#L1\) \|$/m,
  )
  assert.match(overview, /by no code by name: \[`UNREAD`\]\([^)]+#L2\)\./)
  const module = pages.find(([page]) => page !== 'overview.md')?.[1] ?? ''
  assert.match(
    module,
    /^\| `PORT` \| `80` \| \[(?:src\/)?(?:web\/)?app\.ts, line 2\]\([^)]+#L2\) \| \[`start`\]\([^)]+\) \| /m,
  )
  for (const [, text] of markdown) assert.doesNotMatch(text, /ONLY_IN_TEST/)
})

test('a long hostile file takes no long time', () => {
  const hostile = [
    '`${',
    '/[',
    '"""',
    "'",
    'process.env.A=',
    '${A:-',
    '/*',
    '{A',
    'R"(',
    '<<A\n',
    'environment:\n',
    'getenv(ab)',
    'x=getenv(x)',
    'os.getenv(a)\ndef a(a',
    'process.env[a]',
  ]
  for (const part of hostile) {
    const text = `getenv ENV env! ${part.repeat(100_000 / part.length)}`
    for (const language of ['typescript', 'python', 'cpp', 'ruby', 'bash', 'rust', 'php', 'vue', 'csharp']) {
      const start = process.cpuUsage().user
      reads(language, text)
      assert.ok(process.cpuUsage().user - start < 1_000_000, `${language} ${part}`)
    }
  }
})

test('who reads a variable is told also where it stands beside its parent, and not when nobody does', () => {
  const code = file('src/app.ts', 'const app = {}\napp.config = () => {\n  return process.env.ORBIT_MODE\n}\n')
  const app = component(code, 'app', { kind: 'constant' })
  const config = component(code, 'app.config', { startLine: 2, endLine: 4 })
  const pageOf = (components: Parameters<typeof sample>[1]): string =>
    document(sample([code], components)).markdown.get('src.md') ?? ''
  assert.match(pageOf([app, config]), /^\| variable \| read at \| by \|$/m)
  assert.match(pageOf([app, config]), /^\| `ORBIT_MODE` \| [^|]+ \| \[`app\.config`\]\([^)]+\) \|$/m)
  assert.match(pageOf([app]), /^\| variable \| read at \|$/m)
})
