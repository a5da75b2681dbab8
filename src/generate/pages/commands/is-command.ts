/** Decides which lines of documents are commands that a reader can run as they are. */

/** Limit on the length of a command, in characters. */
const MAX_LINE = 120
/** Names of tools that build, run, test or manage packages. */
const TOOLS = new Set(
  'npm npx pnpm yarn bun bunx deno corepack node pip pip3 pipx python python3 uv uvx poetry pdm hatch tox nox pytest py.test make cmake ctest ninja meson autoreconf cargo rustup go mvn gradle sbt mill dotnet composer php bundle gem rake rails rspec docker docker-compose podman mix iex swift dune opam zig stack cabal just task bazel nix brew vagrant tilt'.split(
    ' ',
  ),
)
/** Matches scripts of the repository. */
const LOCAL = /^(?:\.\/|(?:bin|script|scripts|dev|vendor\/bin)\/)[\w./-]+$/
/** Matches tools whose name alone is not a command: it is also an ordinary word, or only opens a shell. */
const AMBIGUOUS = /^(?:go|task|just|stack|node|python|php|swift|nix|bundle|mix|rake|docker|mill|sbt|uvx?)$/
/** Matches an environment variable before a command: `GOFLAGS=-mod=vendor go test`. */
export const VARIABLE = /^[A-Z][A-Z0-9_]{1,40}=['"]?[\w.,/=-]{1,40}['"]? (?=\w)/
/** Matches a variable that makes a test overwrite its expected output: `TRYBUILD=overwrite cargo test`. */
const REWRITES =
  /^[A-Z][A-Z0-9_]{0,40}=(?:accept|bless|overwrite|update)\b|^[A-Z0-9_]{0,40}(?:BLESS|OVERWRITE|REGENERATE|UPDATE)[A-Z_]{0,20}=/
/** Matches placeholders, shell syntax other than `&&`, and commands that discard their output or are dangerous to copy. */
const UNFIT =
  /\s-\w\/--\w|[<>|`$;&]|\\$|\s\[|\bblah|\bfoo(?:bar)?\b|(?:^|[^/])\.\.\.|…|\bsudo\b|\brm\b|\b[Yy]our(?![a-z])|\bYOUR|\bpath\/to\b|\/dev\/null\b/
/** Matches commands that run nothing without an argument. */
const RUNNER = /^(?:bun|bundle|deno|go|hatch|npm|pdm|pipx|pnpm|poetry|uv|yarn) (?:exec|run|run-script)$/

/** Whether a line begins with the name of a known tool. */
export const namesTool = (line: string): boolean => TOOLS.has(line.split(/\s/)[0] ?? '')

/** Whether a line runs known tools or scripts of the repository, joined by `&&` at most, and has nothing that `UNFIT` matches. */
export function isCommand(line: string, hasFile: (path: string) => boolean): boolean {
  return line.length <= MAX_LINE && line.split('&&').every((each) => isSingleCommand(each.trim(), hasFile))
}

function isSingleCommand(line: string, hasFile: (path: string) => boolean): boolean {
  if (UNFIT.test(line) || REWRITES.test(line)) return false
  const plain = line.replace(VARIABLE, '').replace(/^ruby (?=bin\/)/, '')
  if (RUNNER.test(plain)) return false
  const [, script] =
    /^(?:node|deno run|bash|bun|python3?|ruby|php|sh|swift)[ \t]+(?:\.\/)?([\w./-]+\.\w+)(?![\w./-])/.exec(plain) ?? []
  if (script !== undefined && !hasFile(script)) return false
  if (script !== undefined && /^(?:ba)?sh /.test(plain)) return true
  const [first = '', second] = plain.split(/\s+/)
  if (first === 'git') return second === 'submodule' && !plain.startsWith('git submodule add')
  const file = first.replace(/^\.\//, '')
  // Composer creates `vendor/bin`.
  if (LOCAL.test(first))
    return file === 'configure' || hasFile(file) || (file.startsWith('vendor/bin/') && hasFile('composer.json'))
  if (!TOOLS.has(first)) return false
  return second === undefined ? !AMBIGUOUS.test(first) : /^[\w./@:+"'-]/.test(second)
}
