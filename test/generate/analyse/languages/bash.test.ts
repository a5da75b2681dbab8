import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bash } from '#generate/analyse/languages/bash/bash.ts'
import { analyseTexts } from './analyse-texts.ts'

test('functions and constants of a script have comments and places', async () => {
  const { analysis, component } = await analyseTexts([bash], {
    'run.sh': `#!/bin/sh
# About the script.

# shellcheck disable=SC2034
readonly A=1 B=2
export C="x"
declare -r D=3
PLAIN=1
PLAIN=2
lower=1
# Says hello.
#
# To all.
hello() {
  local x=1
  echo "$x"
}
function other { :; }
cat <<EOS
no() { :; }
EOS
`,
  })
  assert.deepEqual(
    analysis.components.map((one) => `${one.kind} ${one.id} ${one.startLine}-${one.endLine}`),
    [
      'constant run.sh#A 5-5',
      'constant run.sh#B 5-5',
      'constant run.sh#C 6-6',
      'constant run.sh#D 7-7',
      'constant run.sh#PLAIN 8-8',
      'function run.sh#hello 14-17',
      'function run.sh#other 18-18',
    ],
  )
  assert.equal(component('run.sh#hello').doc, 'Says hello.\n\nTo all.')
  assert.equal(component('run.sh#hello').signature, 'hello()')
  assert.equal(analysis.fileDocs['run.sh'], 'About the script.')
})

test('a comment directly above a command is on that, unless the script begins with it', async () => {
  const { analysis } = await analyseTexts([bash], {
    'mode.sh': '#!/bin/sh\n\n# The strict mode.\nset -e\nrun\n',
    'head.sh': '#!/bin/sh\n# Runs all plans.\nset -e\nrun\n',
    'apart.sh': '#!/bin/sh\n\n# Runs one plan.\n\nset -e\nrun\n',
  })
  assert.deepEqual({ ...analysis.fileDocs }, { 'apart.sh': 'Runs one plan.', 'head.sh': 'Runs all plans.' })
})

test('the header of a script is on the script, also directly above a variable', async () => {
  const { analysis, component } = await analyseTexts([bash], {
    'a.sh': '#!/bin/sh\n\n# Description: Shows images.\n#\n# Author: Ann\nDIR=/tmp\n\n# Where plans are.\nPLANS=/tmp\n',
  })
  assert.match(analysis.fileDocs['a.sh'] ?? '', /^Shows images\./)
  assert.equal(component('a.sh#DIR')?.doc, null)
  assert.equal(component('a.sh#PLANS')?.doc, 'Where plans are.')
})

test('a call is of a function of the script or of what it sources, else of a program', async () => {
  const { edges } = await analyseTexts([bash], {
    'bin/main.sh': `. ./lib.sh
source "$(dirname "$0")/../share/util.sh"
HERE="$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd)"
\\. "$HERE/near.sh"
own() { helper | deep && ! \\near; x=helper; }
grep x
trap own EXIT
unknown
`,
    'bin/lib.sh': 'helper() { :; }',
    'bin/near.sh': 'near() { :; }',
    'share/util.sh': '. "$(dirname "$0")/deep.sh"',
    'share/deep.sh': 'deep() { echo "$HERE"; }',
    'elsewhere.sh': 'unknown() { :; }',
  })
  assert.deepEqual(edges, [
    'bin/main.sh -calls-> bin/main.sh#own (same-file)',
    'bin/main.sh -imports-> bin/lib.sh (import)',
    'bin/main.sh -imports-> bin/near.sh (import)',
    'bin/main.sh -imports-> share/util.sh (import)',
    'bin/main.sh#own -calls-> bin/lib.sh#helper (import)',
    'bin/main.sh#own -calls-> bin/near.sh#near (import)',
    'bin/main.sh#own -calls-> share/deep.sh#deep (import)',
    'share/util.sh -imports-> share/deep.sh (import)',
  ])
})

test('a sourced script sees what those that source it have, when that is most of them', async () => {
  const texts = {
    'common.sh': 'check() { assert; mock; }',
    'assert.sh': 'assert() { :; }',
    'a.sh': '. ./assert.sh\n. ./common.sh\n',
    'b.sh': '. ./assert.sh\n. ./common.sh\n',
    'c.sh': '. ./common.sh\nmock() { :; }\n',
  }
  const { from } = await analyseTexts([bash], texts)
  assert.deepEqual(from('common.sh#check'), ['common.sh#check -calls-> assert.sh#assert (import)'])
})

test('a script that is run is a file that is needed, and its functions are not', async () => {
  const { edges } = await analyseTexts([bash], {
    'ci/all.sh': './ci/one.sh\nbash "$ROOT/ci/two.sh" x\nexec ../tool/three.sh\nci/gone.sh\nshown\n',
    'ci/one.sh': 'shown() { :; }',
    'ci/two.sh': '',
    'tool/three.sh': '',
  })
  assert.deepEqual(edges, [
    'ci/all.sh -imports-> ci/one.sh (import)',
    'ci/all.sh -imports-> ci/two.sh (import)',
    'ci/all.sh -imports-> tool/three.sh (import)',
  ])
})

test('what of a damaged script can be read is kept', async () => {
  const good = 'f() { g; }\ng() { :; }\n'
  for (const [name, text] of Object.entries({
    'bom.sh': `\uFEFF${good}`,
    'half.sh': `${good}\nif then ((( fi }} $(\n`,
    'nul.sh': `${good}# \0`,
  })) {
    const { edges } = await analyseTexts([bash], { [name]: text })
    assert.ok(edges.includes(`${name}#f -calls-> ${name}#g (same-file)`), name)
  }
  const bytes = Array.from({ length: 5_000 }, (_, at) => String.fromCharCode((at * 7_919) % 251)).join('')
  const deep = `${'{ '.repeat(5_000)}:;${' }'.repeat(5_000)}`
  const crlf = good.replaceAll('\n', '\r\n')
  const { analysis } = await analyseTexts([bash], {
    'noise.sh': bytes,
    'deep.sh': deep,
    'crlf.sh': crlf,
    'good.sh': good,
  })
  assert.ok(analysis.components.some((one) => one.id === 'good.sh#f'))
})

test('what is set to complete a command is used there', async () => {
  const { edges } = await analyseTexts([bash], {
    'a.sh': '_plan() { :; }\n_burn() { :; }\n',
    'b.sh': 'source a.sh\ncompdef _plan plan\ncomplete -o nospace -F _burn burn\n',
  })
  assert.ok(edges.includes('b.sh -calls-> a.sh#_plan (import)'), edges.join('\n'))
  assert.ok(edges.includes('b.sh -calls-> a.sh#_burn (import)'), edges.join('\n'))
})

test('a quoted handler of a signal calls its functions, and several variables may precede the path of a script', async () => {
  const { edges } = await analyseTexts([bash], {
    'run.sh': `source "$ROOT/$LIB/parts/util.sh"
# trap "never now" EXIT
trap "stop now" EXIT
trap 'code=$?; clean "$x" && report; exit $code' INT
stop() { :; }
clean() { :; }
never() { :; }
`,
    'share/parts/util.sh': 'report() { :; }',
  })
  assert.deepEqual(edges, [
    'run.sh -calls-> run.sh#clean (same-file)',
    'run.sh -calls-> run.sh#stop (same-file)',
    'run.sh -calls-> share/parts/util.sh#report (import)',
    'run.sh -imports-> share/parts/util.sh (import)',
  ])
})

test('the comment behind the brace of a function states its arguments or describes it', async () => {
  const { component } = await analyseTexts([bash], {
    'run.sh': `trim() { # <output> [--all] <text...>
  :
}
# Writes a line.
log() { # classic logger of lines
  :
}
warn() { # prints a warning
  :
}
near() { # index
  :
}
off() { # shellcheck disable=SC2034
  :
}
`,
  })
  assert.equal(component('run.sh#trim').signature, 'trim <output> [--all] <text...>')
  assert.equal(component('run.sh#log').doc, 'Writes a line.')
  assert.equal(component('run.sh#warn').doc, 'prints a warning')
  assert.equal(component('run.sh#near').doc, null)
  assert.equal(component('run.sh#off').doc, null)
})

test('a function is called with the names that its body gives to its arguments, whatever its comment lists', async () => {
  const { component } = await analyseTexts([bash], {
    'run.sh': `# args: kind, plan, reinstall
# Burns a plan.
burn() {
  local KIND
  case "\${1-}" in
    a) KIND="\${1}" ;;
  esac
  local plan="$2" source=\${3:-none}
}
# args: pattern
each() {
  local _pattern=$1; shift
  run "$@"
}
field() {
  awk '{ print $2 }' "$1"
}
joined() {
  local name="$1.$2"
}
walk() {
  local chain="$1" issuer="\${2:-}"
}
# save file key [value]
# Saves a value.
save() {
  local f="$1" k="$2" v="$3"
}
# Usage: keep key value
keep() {
  save conf "$@"
}
# save nothing for now
drop() {
  local f="$1" issuer="$2"
}
# cert root
match() {
  local f="$1" issuer="$2"
}
outer() {
  inner() {
    local part="$1"
  }
  inner a
}
quoted() {
  # It's in quotes.
  local plan="$1"
  echo "It's $2" 'x'
  local burn="$2"
}
long() {
  inner_long() {
    ${':\n'.repeat(1_000)}local part="$1"
  }
}
`,
  })
  assert.equal(component('run.sh#quoted').signature, 'quoted plan burn')
  assert.equal(component('run.sh#long').signature, 'long()')
  assert.equal(component('run.sh#burn').signature, 'burn kind plan [source]')
  assert.equal(component('run.sh#burn').doc, 'Burns a plan.')
  assert.equal(component('run.sh#each').signature, 'each pattern …')
  assert.equal(component('run.sh#each').doc, null)
  assert.equal(component('run.sh#field').signature, 'field …')
  assert.equal(component('run.sh#joined').signature, 'joined …')
  assert.equal(component('run.sh#walk').signature, 'walk chain [issuer]')
  assert.equal(component('run.sh#outer').signature, 'outer()')
  for (const [name, signature, doc] of [
    ['save', 'save file key [value]', 'Saves a value.'],
    ['keep', 'keep key value', null],
    ['drop', 'drop f issuer', 'save nothing for now'],
    ['match', 'match f issuer', null],
  ]) {
    assert.equal(component(`run.sh#${name}`).signature, signature)
    assert.equal(component(`run.sh#${name}`).doc, doc)
  }
})

test('a script that is started by its name is needed, unless a function has the name', async () => {
  const { edges } = await analyseTexts([bash], {
    'bin/tool': '#!/bin/bash\nexec tool-suite "$@" | tool-print\ntool-own\ntest -f x\ntool-own() { :; }\n',
    'libexec/tool-suite': '#!/bin/bash\n',
    'libexec/tool-print': '#!/bin/bash\n',
    'libexec/tool-own': '#!/bin/bash\n',
    'libexec/test': '#!/bin/bash\n',
  })
  assert.deepEqual(
    edges.filter((edge) => edge.includes('-imports->')),
    ['bin/tool -imports-> libexec/tool-print (import)', 'bin/tool -imports-> libexec/tool-suite (import)'],
  )
})

test('the summary at the head of a command describes it, without its label', async () => {
  const { analysis } = await analyseTexts([bash], {
    'plan.sh':
      "#!/bin/sh\n#\n# Summary: List all plans\n#\n# Usage: plan [--all]\n#\n# Lists the plans in `plans/'.\n\nset -e\nrun() { :; }\n",
  })
  const doc = JSON.stringify(analysis)
  assert.match(doc, /"List all plans\\n\\nUsage: plan \[--all\]\\n\\nLists the plans in `plans\/`\."/)
})

test('quotes and brackets in the pattern of an expansion hide no function below', async () => {
  const { analysis } = await analyseTexts([bash], {
    'show.sh': `first() {
  dir="\${dir/$'/:'*}"
}
second() {
  echo "\${name//\\'}" 'b'
  other="$(uname -srm)"
}
case "$x" in
  "A B"*) echo '(' ;;
esac
third() { second; }
`,
  })
  assert.deepEqual(
    analysis.components.map((one) => `${one.name} ${one.startLine}-${one.endLine}`),
    ['first 1-3', 'second 4-7', 'third 11-11'],
  )
})
