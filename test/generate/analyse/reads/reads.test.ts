import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { NO_READS } from '#generate/analyse/reads/file-reads.ts'
import { joinTags } from '#generate/analyse/reads/join-tags.ts'
import { tagPrefixes } from '#generate/analyse/reads/struct-tags.ts'
import { parseFile } from '#generate/analyse/typescript/parse.ts'
import { readsIn, timeToRead } from './reads-in.ts'

/** `NAME=default@line`, sorted. */
async function reads(language: string, text: string, path = PATHS[language] ?? 'x'): Promise<string[]> {
  const { reads: found } = await readsIn({ [path]: text })
  return found.map(({ name, default: fallback, line }) => `${name}${fallback === null ? '' : `=${fallback}`}@${line}`)
}

const PATHS: Readonly<Record<string, string>> = {
  typescript: 'a.ts',
  vue: 'a.vue',
  python: 'a.py',
  c: 'a.c',
  cpp: 'a.cpp',
  go: 'a.go',
  rust: 'a.rs',
  java: 'A.java',
  kotlin: 'a.kt',
  scala: 'a.scala',
  swift: 'a.swift',
  ruby: 'a.rb',
  php: 'a.php',
  csharp: 'a.cs',
  bash: 'a.sh',
}

describe('reads are found in', () => {
  const cases: [language: string, text: string, expected: string[]][] = [
    [
      'typescript',
      `const a = process.env.PORT ?? 80\nconst b = process.env['HOST'] || 'local'\nimport.meta.env.VITE_KEY; Deno.env.get("D") || 'd'\nconst { ONE, TWO = '2', three: renamed } = process.env;\n\`\${process.env.IN_TEMPLATE}\`\n'FIVE' in process.env; process.env!.SIX; (process.env.SEVEN as string) || 'x'\nconst env = process.env\nenv.EIGHT; env.hasOwnProperty('no')\nprocess.env.NINE ? process.env.NINE : 'nine'`,
      [
        'PORT=80@1',
        'HOST=local@2',
        'D=d@3',
        'VITE_KEY@3',
        'ONE@4',
        'TWO=2@4',
        'three@4',
        'IN_TEMPLATE@5',
        'FIVE@6',
        'SEVEN=x@6',
        'SIX@6',
        'EIGHT@8',
        'NINE=nine@9',
      ],
    ],
    ['typescript', 'if (x) /`/.test(y)\nprocess.env.A\nprocess.env.B', ['A@2', 'B@3']],
    ['vue', '<template>process.env.NO</template>\n<script setup>\nprocess.env.YES\n</script>', ['YES@3']],
    [
      'python',
      'import os\nos.environ["A"]\nos.environ.get("B", "b")\nos.getenv(\'C\', 3)\nKEY = "D"\nos.getenv(KEY)\nif "E" in os.environ or "F" not in os.environ: "G" in x\nos.environ.get("H") or "h"\nf"{os.environ[\'I\']}"\nos.environ.get(\n  "J",\n  default="j",\n)',
      ['A@2', 'B=b@3', 'C=3@4', 'D@6', 'E@7', 'F@7', 'H=h@8', 'I@9', 'J=j@11'],
    ],
    [
      'python',
      'from os import environ\nKEY = "A"\nif KEY not in environ or KEY in x: ...\nis_set = KEY in environ or True\nPART = "B_" + KEY\nenviron.get(PART)\nWHOLE = "C_" + "_".join(x)\nenviron.get(WHOLE)',
      ['A@3', 'A@4', 'B_…@6', 'C_…@8'],
    ],
    [
      'python',
      'from os import environ, getenv as g\nimport os as _os\nenviron["A"]\ng("B", "b")\n_os.environ.get("C")\nenv = environ\nenv["D"]',
      ['A@3', 'B=b@4', 'C@5', 'D@7'],
    ],
    [
      'python',
      'import environ\nfrom decouple import config\nenv = environ.Env(DEBUG=(bool, False))\nenv("A")\nenv.bool("B", default=True)\nconfig("C", default="c", cast=str)\n@click.option("--x", envvar="D", default=4)\ndef f(x): ...',
      ['A@4', 'B=True@5', 'C=c@6', 'D=4@7'],
    ],
    [
      'python',
      'from pydantic_settings import BaseSettings, SettingsConfigDict\nclass Base(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix="orbit_")\n    port: int = 80\n    _own: int = 1\n    at: ClassVar[int] = 1\n    def go(self):\n        self.x: int = 1\nclass App(Base):\n    """Says."""\n    NAME: str = "moon"\n    key: str\n    way: str = Field("far", alias="ORBIT_WAY")\n    size: int = Field(ge=1, default=3)\n    theme: Theme = Theme()\nclass Other(BaseModel):\n    no: int = 1\n',
      ['ORBIT_PORT=80@4', 'NAME=moon@11', 'KEY@12', 'ORBIT_WAY=far@13', 'SIZE=3@14'],
    ],
    [
      'python',
      'import urllib.request\nfrom urllib.request import getproxies\ndef all():\n    return getproxies() or urllib.request.getproxies()\n',
      ['ALL_PROXY@4', 'HTTPS_PROXY@4', 'HTTP_PROXY@4', 'NO_PROXY@4'],
    ],
    [
      'python',
      'from urllib.request import getproxies\ndef f():\n    return [v for k, v in getproxies().items() if k in ("http", \'ws\')]\n',
      ['HTTP_PROXY@3', 'WS_PROXY@3'],
    ],
    [
      'python',
      'import os\nclass A:\n    def f(self, x, env="A", other="NO"):\n        return os.environ.get(env, "a")\ndef g(env=None, name: str = "B"):\n    return os.environ["P_" + name]\n',
      ['A=a@3', 'P_B@5', 'P_…@6'],
    ],
    ['php', '<?php function f(string $name = "A") { return getenv($name); }', ['A@1']],
    ['ruby', 'def f(name = "A", other: "NO")\n  ENV[name]\nend', ['A@1']],
    [
      'c',
      '#define NAME "B"\nchar *h = getenv("HOME"); secure_getenv( "S" );\nint f(void) { getenv(NAME); }',
      ['HOME@2', 'S@2', 'B@3'],
    ],
    [
      'c',
      'char *(*get)(const char *) = getenv;\n/* #define WITH_TRACE 1 */\n#ifdef DEBUGBUILD\nchar *a = getenv("NO_A");\n#if X\nchar *b = getenv("NO_B");\n#endif\n#else\nchar *c = getenv("C");\n#endif\n#if defined(DEBUG) || defined(UNITTESTS)\nchar *d = getenv("NO_D");\n#endif\n#ifdef WITH_TRACE\nchar *e = getenv("NO_E");\n#endif\n#if defined(DEBUG) || defined(UNIX)\nchar *f = getenv("F");\n#endif\n#ifndef NDEBUG\nchar *g = getenv("G");\n#endif',
      ['C@9', 'F@18', 'G@21'],
    ],
    [
      'c',
      'static const char *const names[] = {\n  "ORBIT_A",\n  "lower", "ORBIT_B",\n};\nconst char *more[] = {"ORBIT_C"};\nvoid f(int i) { getenv(names[i]); more[i]; }',
      ['ORBIT_A@2', 'ORBIT_B@3'],
    ],
    ['cpp', 'auto a = std::getenv("A"); auto b = R"(getenv("NO"))";', ['A@1']],
    [
      'go',
      'package a\nconst Mode = "GIN_MODE"\nvar m = os.Getenv(Mode)\nvar x, _ = os.LookupEnv("L")\ntype C struct {\n\tPort int `env:"PORT,required" envDefault:"80"`\n}',
      ['GIN_MODE@3', 'L@4', 'PORT=80@6'],
    ],
    [
      'rust',
      'use std::env::var;\nfn main() {\nenv::var("A").unwrap_or("a".into());\nstd::env::var_os("B"); option_env!("C"); env!("CARGO_PKG_NAME");\nvar("D").unwrap_or_else(|_| "d".to_string()); println!("{}", env!("E"));\n}',
      // `env!` and `option_env!` are read by the compiler.
      ['A=a@3', 'B@4', 'D=d@5'],
    ],
    [
      'java',
      'class A { @Value("${a.port:80}") int port; String a = System.getenv("A"); String b = System.getenv().getOrDefault("B", "b"); }',
      ['A@1', 'B=b@1', 'a.port=80@1'],
    ],
    [
      'kotlin',
      'val a = System.getenv("A") ?: "x"\nval b = System.getenv()["B"]\n@Value("\\${c.d:e}") lateinit var c: String',
      ['A=x@1', 'B@2', 'c.d=e@3'],
    ],
    [
      'scala',
      'object X { sys.env.getOrElse("A", "a"); sys.env.get("B").getOrElse("b"); sys.env("C") }',
      ['A=a@1', 'B=b@1', 'C@1'],
    ],
    [
      'scala',
      'object X { val a =\n  Option(System.getenv("A")).getOrElse("1.5.0"); f(System.getenv("B")).getOrElse("b") }',
      ['A=1.5.0@2', 'B@2'],
    ],
    ['java', 'class A { String a = Optional.ofNullable(System.getenv("A")).orElse("a"); }', ['A=a@1']],
    ['swift', 'let a = ProcessInfo.processInfo.environment["A"] ?? "a"', ['A=a@1']],
    [
      'ruby',
      "ENV['A'] || 'a'\nENV.fetch('B', 'b')\nENV.fetch('C') { 'c' }\nENV['D'] ||= 'd'\n\"#{ENV['E']}\"",
      ['A=a@1', 'B=b@2', 'C=c@3', 'D=d@4', 'E@5'],
    ],
    ['ruby', "ENV['A'].presence || 'a'\nENV['B'].presence || 4.weeks\nENV['C'].size || 'c'", ['A=a@1', 'B@2', 'C@3']],
    [
      'ruby',
      "env_int = lambda do |key, val|\n  ENV[key] || val\nend\nenv_int.call('LIMIT', 80)\nrun.call('OTHER', 1)",
      ['LIMIT=80@4'],
    ],
    [
      'php',
      "<?php getenv('A') ?: 'a'; env('B', true); $_ENV['C'] ?? 'c'; $this->env('NO'); config('app.name', 'x');",
      ['A=a@1', 'B=true@1', 'C=c@1', 'app.name=x@1'],
    ],
    [
      'csharp',
      'class A { void M() { Environment.GetEnvironmentVariable("A") ?? "a"; var b = Configuration["B:C"]; configuration.GetValue<int>("D:E", 5); } }',
      ['A=a@1', 'B:C@1', 'D:E=5@1'],
    ],
    [
      'csharp',
      'class A { const string Key = "F:G"; void M(IConfiguration configuration) { var x = configuration[Key]; } }',
      ['F:G@1'],
    ],
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is Bash
    [
      'bash',
      'case $KIND in\n  one | two)\n    PART=just-$VERSION.tar\n    tar czf $PART *\n    ;;\n  three)\n    PORT=${PORT:-80}\n    ;;\nesac\necho $PART $PORT\n',
      ['KIND@1', 'VERSION@3', 'PORT=80@7', 'PORT@10'],
    ],
    [
      'bash',
      'PORT="${PORT:-80}"\nOWN=1\necho "${OWN:-2} ${DIR:-$HOME}" \'${NO:-1}\' # ${NO:-2}\nread -r LINE; ${LINE:-x}\n${ESC:-\\$ESC}\ncat <<EOF\n${HERE:-1}\nEOF\ncat <<\'EOF\'\n${NO:-1}\nEOF',
      ['PORT=80@1', 'DIR=$HOME@3', 'HOME@3', 'ESC@5', 'HERE=1@7'],
    ],
    [
      'bash',
      '[[ "${A1-x}" != "" ]] && [ -n "${B1-x}" ] && [ "${C1:-dev}" = prod ]; f "${A1:-}"\nD1=1 run; echo "${D1-} $D1 $E1"\nf() { export F1=1; }; echo "${F1-} $F1"\ng "${G1:--d${H1:-4}}" $OSTYPE $OWN\nOWN=2',
      ['A1@1', 'B1@1', 'C1=dev@1', 'D1@2', 'E1@2', 'F1@3', 'G1=-d${H1:-4}@4', 'H1=4@4'],
    ],
    [
      'bash',
      'if [ -z "$PORT" ]; then\n  PORT=80\nfi\nif [ -z "$OWN" ]; then OWN=1; fi\necho "$PORT"\ng "${PORT+x}" "${DIR:-a}"',
      ['DIR=a@6'],
    ],
    [
      'bash',
      'trap \'STOPPED=true\' INT\n[[ "${STOPPED-no}" != no && ${LATE-x} == x ]] && echo "${EARLY-y}"',
      ['EARLY=y@2', 'LATE@2'],
    ],
    [
      'bash',
      'f() { g ${(Q)${(Z+n+)A1}} "${B1:-b}"\n}\n# ${NO-}\nh() {\n  x "${C1-c}" ${__own_x-} \'${NO-}\' $NO\n}',
      ['B1=b@1', 'C1=c@5'],
    ],
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: it is Bash
  ]
  for (const [language, text, expected] of cases)
    test(language, async () => assert.deepEqual(await reads(language, text), expected))
})

describe('what stands in comments and strings, is written, or has a name made at run time, is not read in', () => {
  const nothing: [language: string, text: string][] = [
    ['typescript', '// process.env.A\n/* process.env.B */ "process.env.C"; `process.env.D`; /process.env.E/'],
    [
      'typescript',
      'process.env.A = 1; process.env["B"] = 2; process.env[name]; delete process.env.C; import.meta.env.DEV',
    ],
    ['typescript', 'function f(env: X) { return env.A }\nconst env = process.env'],
    [
      'python',
      '# os.environ["A"]\n"""os.environ["B"]"""\nos.environ["C"] = "1"\nos.environ[f"D{x}"]\nenviron["E"]\ndel os.environ["F"]\nos.environ.pop("G", None)',
    ],
    ['c', '/* getenv("A") */ // getenv("B")\nint f() { my_getenv("C"); getenv(name); "getenv(\\"D\\")"; }'],
    [
      'rust',
      'fn main() { // env::var("A")\nr#"env::var("B")"#; env::var(name); quote! { env::var("C") }; "\nenv::var(\\"D\\")"; }',
    ],
    ['go', 'package a\nvar s = `os.Getenv("A")`\nfunc f() { var k = "A"\nk = other()\nos.Getenv(k) }'],
    [
      'ruby',
      "def f\n  ENV.delete('G')\n  ENV.delete('H') if x\nend\nENV.store('I', '1')\n# ENV['A']\nENV['B'] = '1'\n=begin\nENV['C']\n=end\nx = <<~TEXT\n  ENV['D']\nTEXT\n",
    ],
    ['php', "<?php\n$x = <<<'EOT'\ngetenv('A') $_ENV['B']\nEOT;\n// getenv('C')\n$_ENV['D'] = 1;"],
    ['java', 'class A { String s = """\n  System.getenv("A")\n  """; // System.getenv("B")\n}'],
    ['kotlin', 'val s = """System.getenv("A")"""'],
    ['scala', 'object A { val s = """sys.env("A")""" }'],
    [
      'csharp',
      'class A { string s = @"Environment.GetEnvironmentVariable(""A"")"; string t = """\nEnvironment.GetEnvironmentVariable("B")\n"""; }',
    ],
    ['swift', 'let s = #"ProcessInfo.processInfo.environment["A"]"#'],
    ['cpp', 'auto s = R"x(getenv("A"))x";'],
  ]
  for (const [language, text] of nothing)
    test(language, async () => assert.deepEqual(await reads(language, text), [], text))
})

describe('a function that reads what a parameter names reads for its callers, also from other files, in', () => {
  const cases: [language: string, files: Record<string, string>, expected: string[]][] = [
    [
      'python',
      {
        'settings.py':
          'import os\ndef env(name, default=None):\n    return os.environ.get(name, default)\ndef env_int(name, default: int = 0) -> int:\n    return int(env(name, default))\ndef other(x, name):\n    return os.getenv(name)\ndef prefixed(name):\n    return os.environ[f"APP_{name}"]\n',
        'app.py':
          'from settings import env, env_int, other, prefixed\nPORT = env_int("PORT", 80)\ndef run():\n    return env("HOST", default="local"), other("NO", "OTHER"), prefixed("KEY")\nunknown("NOT_READ")\n',
      },
      ['PORT=80@app.py:2 PORT', 'APP_KEY@app.py:4 run', 'HOST=local@app.py:4 run', 'OTHER@app.py:4 run'],
    ],
    [
      'typescript',
      {
        'env.ts':
          'export const readEnv = (name: string, rest?: unknown) => process.env[name] ?? rest\nexport function must(name: string) { const v = process.env[name]; if (!v) throw 0; return v }\nexport function envInt(key: string, d: number) { return Number(readEnv(key, d)) }\n',
        'main.ts':
          "import { readEnv, must, envInt } from './env'\nreadEnv('HOME', 1)\nexport function go() { return must('TOKEN') + envInt('N', 5) }\nthis.readEnv('NO')\n",
      },
      ['HOME=1@main.ts:2', 'N=5@main.ts:3 go', 'TOKEN@main.ts:3 go'],
    ],
    [
      'typescript',
      {
        'env.ts':
          'export function pick(name: string, other: string, d: string) {\n  const v = process.env[name]\n  if (v) return v\n  if (d === "") return d\n  function inner() { return other }\n  inner()\n}\nexport const cond = (name: string, d: string) => (name.length > 0 ? check(process.env[name]) : d)\n',
        'main.ts': "import { cond, pick } from './env'\npick('PICK', 'wrong', 'right')\ncond('COND', 'c')\n",
      },
      ['PICK=right@main.ts:2', 'COND=c@main.ts:3'],
    ],
    [
      'typescript',
      {
        'env.ts':
          'export function setter(value: string) { return { set x(value: string) { use(process.env[value]) } } }\nexport function lazy(key: string, d: string) {\n  use({ get value() { return d } })\n  return process.env[key]\n}\n',
        'main.ts': "import { lazy, setter } from './env'\nsetter('NOT_READ')\nlazy('LAZY', '8080')\n",
      },
      ['LAZY@main.ts:3'],
    ],
    [
      'go',
      {
        'go.mod': 'module example.com/a\n',
        'a.go':
          'package a\nimport "os"\nfunc getEnv(key, fallback string) string {\n\tif v, ok := os.LookupEnv(key); ok {\n\t\treturn v\n\t}\n\treturn fallback\n}\nvar port = getEnv("PORT", "80")\nfunc Run() { getEnv("HOST", "h") }\n',
      },
      ['PORT=80@a.go:9 port', 'HOST=h@a.go:10 Run'],
    ],
    [
      'ruby',
      { 'a.rb': "def env(name, default = nil)\n  ENV.fetch(name, default)\nend\ndef run\n  env('PORT', '80')\nend\n" },
      ['PORT=80@a.rb:5 run'],
    ],
    [
      'php',
      {
        'a.php':
          "<?php\nfunction read_env(string $k, $d = null) { return getenv($k) ?: $d; }\nfunction run() { return read_env('PORT', '80'); }\n",
      },
      ['PORT=80@a.php:3 run'],
    ],
    [
      'rust',
      {
        'Cargo.toml': '[package]\nname = "a"\n',
        'src/lib.rs':
          'pub fn env_or(k: &str, d: &str) -> String { std::env::var(k).unwrap_or_else(|_| d.to_string()) }\npub fn run() { env_or("PORT", "80"); }\n',
      },
      ['PORT@src/lib.rs:2 run'],
    ],
    [
      'java',
      {
        'A.java':
          'class A {\n  static String env(String k, String d) { return System.getenv().getOrDefault(k, d); }\n  String run() { return env("PORT", "80"); }\n}\n',
      },
      ['PORT=80@A.java:3 A.run'],
    ],
    [
      'kotlin',
      { 'a.kt': 'fun env(k: String, d: String = "x") = System.getenv(k) ?: d\nfun run() = env("PORT", d = "80")\n' },
      ['PORT=80@a.kt:2 run'],
    ],
    [
      'csharp',
      {
        'A.cs':
          'class A {\n  static string Env(string k, string d = null) { return Environment.GetEnvironmentVariable(k) ?? d; }\n  string Run() { return Env("PORT", "80"); }\n}\n',
      },
      ['PORT=80@A.cs:3 A.Run'],
    ],
    [
      'swift',
      {
        'a.swift':
          'func env(_ k: String, default d: String) -> String { return ProcessInfo.processInfo.environment[k] ?? d }\nfunc run() -> String { return env("PORT", default: "80") }\n',
      },
      ['PORT=80@a.swift:2 run'],
    ],
    [
      'scala',
      {
        'a.scala':
          'object A {\n  def env(k: String, d: String) = sys.env.getOrElse(k, d)\n  def run() = env("PORT", "80")\n}\n',
      },
      ['PORT=80@a.scala:3 A.run'],
    ],
    [
      'c',
      {
        'a.c':
          'char *env(const char *k, char *d) { char *v = getenv(k); return v ? v : d; }\nvoid run(void) { env("PORT", "80"); }\n',
      },
      ['PORT=80@a.c:2 run'],
    ],
  ]
  for (const [language, files, expected] of cases)
    test(language, async () => {
      const { reads: found } = await readsIn(files)
      const told = found.map(
        ({ name, default: fallback, file, line, reader }) =>
          `${name}${fallback === null ? '' : `=${fallback}`}@${file}:${line}${reader === null ? '' : ` ${reader.split('#')[1]}`}`,
      )
      assert.deepEqual(told, expected)
    })
})

test('keys of a container that may be any map are no reads', async () => {
  const { reads: found } = await readsIn({
    'app.py': 'def limit(self):\n    return self.config["MAX_SIZE"] or self.config.get("UNKNOWN", 2)\n',
    'app.ts': "export const size = configService.get('MAX_SIZE') ?? settings['OTHER']\n",
  })
  assert.deepEqual(found, [])
})

test('half of a program still tells what it reads', async () => {
  assert.deepEqual(await reads('python', 'import os\nos.environ["A"]\ndef f(:\n    (((\nos.environ.get("B"\n'), ['A@2'])
  assert.deepEqual((await reads('typescript', 'process.env.A\nfunction ( {{{\nconst x = process.env.B')).slice(0, 2), [
    'A@1',
    'B@3',
  ])
  assert.deepEqual((await reads('go', 'package a\nvar a = os.Getenv("A")\nfunc (\n')).slice(0, 1), ['A@2'])
})

test('a line of a megabyte takes no long time', async () => {
  const parts: [language: string, part: string][] = [
    ['python', 'os.environ["A"];'],
    ['python', 'env(env("A",'],
    ['python', 'x=os.environ\n'],
    ['ruby', "ENV['A'];"],
    ['ruby', "ENV['A'] || "],
    ['go', 'os.Getenv(a);'],
    ['php', "$_ENV['A'].(env("],
    ['rust', 'env::var("A"),'],
    ['rust', 'env::var("A").ok().unwrap_or('],
    ['kotlin', 'System.getenv("A") ?: '],
    ['bash', '${A:-'],
    ['c', 'getenv(getenv('],
    ['c', 'getenv(a);a="B";'],
  ]
  for (const [language, part] of parts) {
    const text = part.repeat(1_000_000 / part.length)
    const spent = await timeToRead(language, language === 'php' ? `<?php ${text}` : text)
    assert.ok(spent < 2_000, `${language} ${part}: ${spent} ms`)
  }
  for (const part of ['process.env.A;', 'f(process.env[a]);', 'const {A} = process.env;', 'process.env.A || 1;']) {
    const text = part.repeat(1_000_000 / part.length)
    const start = process.cpuUsage()
    parseFile('a.ts', text)
    const spent = process.cpuUsage(start).user / 1000
    assert.ok(spent < 10_000, `${part}: ${spent} ms`)
  }
})

test('tags of Go have the prefix that their structs are read with, and are not told where it is not known', async () => {
  const field =
    'type Config struct {\n\tPort int `env:"PORT" envDefault:"80"`\n\tDB DBConfig `envPrefix:"DB_"`\n}\ntype DBConfig struct {\n\tHost string `env:"HOST"`\n}\n'
  const names = async (parse: string): Promise<string[]> =>
    (
      await readsIn({
        'config.go': `package a\n${field}`,
        'main.go': `package a\nfunc run(p string) {\n\t${parse}\n}\n`,
      })
    ).reads.map(({ name, default: fallback }) => `${name}${fallback === null ? '' : `=${fallback}`}`)
  assert.deepEqual(await names('env.ParseWithOptions(&c, env.Options{Prefix: "ORBIT_"})'), [
    'ORBIT_PORT=80',
    'ORBIT_DB_HOST',
  ])
  assert.deepEqual(await names('env.Parse(&c)'), ['PORT=80', 'DB_HOST'])
  assert.deepEqual(await names('envconfig.Process("orbit", &c)'), ['ORBIT_PORT=80', 'ORBIT_DB_HOST'])
  assert.deepEqual(await names('env.ParseWithOptions(&c, env.Options{Prefix: p})'), [])
})

test('a long hostile file of prefixes takes no long time', () => {
  const start = performance.now()
  assert.deepEqual(tagPrefixes('env.Options{Prefix: P}\n'.repeat(13_000)), [null])
  assert.ok(performance.now() - start < 5_000)
})

test('structs of other packages have the prefixes of the fields that embed them, and none is told where there are too many', async () => {
  const names = async (count: number): Promise<string[]> => {
    const fields = Array.from(
      { length: count },
      (_, n) => `\tPart${n} style.Styles \`embed:"" envprefix:"ORBIT_P${n}_"\`\n`,
    )
    const { reads } = await readsIn({
      'style/options.go': 'package style\ntype Styles struct {\n\tAlign string `env:"ALIGN" default:"> "`\n}\n',
      'choose/options.go': `package choose\ntype Options struct {\n${fields.join('')}}\n`,
    })
    return reads.map(({ name, default: fallback }) => `${name}=${fallback}`)
  }
  assert.deepEqual(await names(2), ['ORBIT_P0_ALIGN=> ', 'ORBIT_P1_ALIGN=> '])
  assert.deepEqual(await names(30), [])
})

test('structs that contain each other end soon, and no field is told that may have too many prefixes', () => {
  const names = Array.from({ length: 40 }, (_, index) => `S${index}`)
  const nested = names.flatMap((owner) =>
    names.map((type) => ({ owner, home: '', type, prefix: `${owner}_` })).filter((field) => field.type !== owner),
  )
  const field = { name: 'HOST', default: null, line: 1, written: 'HOST', struct: 'S0' }
  const found = joinTags(new Map([['a/config.go', { ...NO_READS, tags: { fields: [field], nested, parses: [''] } }]]))
  const variables = found.get('a/config.go')?.map(({ name }) => name) ?? []
  assert.deepEqual(variables, [])
})

test('a field of a struct that is nested too deep, or in itself, has no variable with a part of its prefix', () => {
  const namesIn = (owners: readonly string[]): string[] => {
    const nested = owners.map((owner, index) => ({ owner, home: '', type: `S${index}`, prefix: `${owner}_` }))
    const field = { name: 'HOST', default: null, line: 1, written: 'HOST', struct: 'S0' }
    const found = joinTags(new Map([['a/config.go', { ...NO_READS, tags: { fields: [field], nested, parses: [''] } }]]))
    return found.get('a/config.go')?.map(({ name }) => name) ?? []
  }
  assert.deepEqual(namesIn(['S1', 'S2']), ['S2_S1_HOST'])
  assert.deepEqual(namesIn(['S1', 'S2', 'S3', 'S4', 'S5', 'S6']), [])
  assert.deepEqual(namesIn(['S1', 'S0']), [])
})

test('a name that is put together is told by its beginning, by the calls that give the rest, or not at all', async () => {
  const { reads: found } = await readsIn({
    'a.rs':
      'pub fn colour(name: &str) -> String {\n    let key = format!("ORBIT_COLOR_{name}");\n    std::env::var(key).unwrap()\n}\npub fn red() -> String { colour("RED") }\n',
    'b.py':
      'import os, sys\nos.environ[f"ORBIT_{sys.argv[1]}_X"]\nos.environ["D" + sys.argv[1]]\ncli(auto_envvar_prefix="ORBITCTL")\n',
    'c.ts': 'export const x = (k: { a: string }) => process.env[`ORBIT_${k.a}`]\n',
    'd.py': 'import os\ndef of(name):\n    return os.environ["ORBIT_D_" + name]\n',
  })
  assert.deepEqual(
    found.map(({ name, file }) => `${name}@${file}`),
    ['ORBIT_COLOR_RED@a.rs', 'ORBIT_…@b.py', 'ORBITCTL_…@b.py', 'ORBIT_…@c.ts', 'ORBIT_D_…@d.py'],
  )
})

test('what is kept only to be put back is not read', async () => {
  const { reads: found } = await readsIn({
    'a.py':
      'import os\ndef swap(value):\n    old = os.environ.get("ORBIT_A")\n    os.environ["ORBIT_A"] = value\n    yield\n    os.environ["ORBIT_A"] = old\ndef read():\n    new = os.environ.get("ORBIT_B")\n    return new\ndef copy(settings):\n    one = os.environ["ORBIT_D"]\n    settings["ORBIT_D"] = one\n    two = os.environ["ORBIT_E"]\n    settings.add("ORBIT_E", two)\n',
    'a.go':
      'package a\nimport "os"\nfunc swap() {\n\told := os.Getenv("ORBIT_C")\n\tos.Setenv("ORBIT_C", "x")\n\tdefer os.Setenv("ORBIT_C", old)\n}\n',
  })
  assert.deepEqual(
    found.map(({ name }) => name),
    ['ORBIT_B', 'ORBIT_D', 'ORBIT_E'],
  )
})

test('a function that is given a list of names reads each of them', async () => {
  const { reads: found } = await readsIn({
    'a.go':
      'package a\nimport "os"\nfunc lookup(names []string, fallback string) string {\n\tfor _, name := range names {\n\t\tif env, ok := os.LookupEnv(name); ok {\n\t\t\treturn env\n\t\t}\n\t}\n\treturn fallback\n}\nfunc edit() string { return lookup([]string{"ORBIT_EDITOR", "EDITOR"}, "vim") }\n',
    'b.py':
      'import os\ndef first(names):\n    for name in names:\n        if os.getenv(name):\n            return os.getenv(name)\nfirst(["ORBIT_A", "ORBIT_B"])\nfirst(("ORBIT_C",))\n',
    'c.py':
      'import os\ndef other(names):\n    for name in sorted(names):\n        os.getenv(name)\nother(["ORBIT_D"])\n',
  })
  assert.deepEqual(
    found.map(({ name, default: fallback, file }) => `${name}=${fallback}@${file}`),
    ['EDITOR=vim@a.go', 'ORBIT_EDITOR=vim@a.go', 'ORBIT_A=null@b.py', 'ORBIT_B=null@b.py', 'ORBIT_C=null@b.py'],
  )
})

test('flags of urfave/cli name their variables, with the value that they have without', async () => {
  const found = await reads(
    'go',
    `package a

var flags = []cli.Flag{
\t&cli.StringFlag{Name: "url", Value: "https://example.org", Usage: "x", EnvVars: []string{"ORBIT_URL", "URL"}},
\t&cli.IntFlag{Name: "port", Value: tcp.PORT, EnvVars: []string{"ORBIT_PORT"}},
\tcli.StringFlag{Name: "old", EnvVar: "ORBIT_OLD"},
\t&cli.BoolFlag{Name: "new", Sources: cli.EnvVars("ORBIT_NEW")},
\t&cli.BoolFlag{Name: "none", Usage: "ORBIT_NONE"},
}
`,
  )
  assert.deepEqual(found, [
    'ORBIT_URL=https://example.org@4',
    'URL=https://example.org@4',
    'ORBIT_PORT@5',
    'ORBIT_OLD@6',
    'ORBIT_NEW@7',
  ])
})
