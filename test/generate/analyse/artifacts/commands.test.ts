import assert from 'node:assert/strict'
import { test } from 'node:test'
import { targetsOf } from '#generate/analyse/artifacts/commands.ts'
import { Repository } from '#generate/analyse/artifacts/repository.ts'
import { folderPlace } from '#generate/analyse/artifacts/working-folder.ts'
import { inventoryOf } from '../inventory-of.ts'

const FILES = {
  'package.json': '{"name": "root", "scripts": {"build": "x", "test": "x", "dev": "x"}}',
  'web/package.json': '{"name": "web", "scripts": {"build": "x"}}',
  Makefile: 'test:\n\ttrue\n',
  'deps/Makefile': 'all:\n\ttrue\n',
  'run.sh': '',
  'requirements.txt': '',
  'scripts/build.mjs': '',
  'tools/x.py': '',
  'tools/__main__.py': '',
  'cmd/x/main.go': 'package main\n\nfunc main() {}\n',
}

const CASES: [command: string, expected: string[]][] = [
  ['node scripts/build.mjs --watch', ['scripts/build.mjs']],
  ['NODE_ENV=test node --import tsx "scripts/build.mjs"', ['scripts/build.mjs']],
  ['node -e "scripts/build.mjs"', []],
  ['node --watch scripts/build.mjs; tsx watch scripts/build.mjs', ['scripts/build.mjs', 'scripts/build.mjs']],
  ['nodemon --watch tools -e mjs,json scripts/build.mjs; nodemon --exec "tsc"', ['scripts/build.mjs']],
  ['php -d memory_limit=-1 run.sh; ruby -r ./tools run.sh', ['run.sh', 'run.sh']],
  ['python tools/x.py && python3 -m tools', ['tools/x.py', 'tools/__main__.py']],
  ['./run.sh; bash run.sh', ['run.sh', 'run.sh']],
  ['bash run.sh -c ./tools/x.py; sh -e run.sh -c "python tools/x.py"', ['run.sh', 'tools/x.py', 'run.sh']],
  ["bash -e -c 'python tools/x.py'; bash -euo pipefail -c ./run.sh", ['tools/x.py', 'run.sh']],
  ['bash -euo pipefail run.sh', ['run.sh']],
  ["bash -euc 'cd tools && python x.py'", ['tools/x.py']],
  ['(cd tools && python x.py) && python x.py', ['tools/x.py']],
  ['cd "$HOME" && ./run.sh', []],
  ['cd missing && ./run.sh', []],
  ['python "$DIR"/x.py tools/x.py', []],
  ['npm run build -- --x && npm test', ['package.json#scripts.build', 'package.json#scripts.test']],
  ['cd tools && npm run build', ['package.json#scripts.build']],
  ['npm --prefix web run build', ['web/package.json#scripts.build']],
  ['npm run build -w web', ['package.json#scripts.build']],
  ['pnpm -r build; npm run missing; npm install', []],
  ['yarn dev', ['package.json#scripts.dev']],
  ['yarn node scripts/build.mjs', ['scripts/build.mjs']],
  [
    'bun run build; bun run scripts/build.mjs; bun scripts/build.mjs',
    ['package.json#scripts.build', 'scripts/build.mjs', 'scripts/build.mjs'],
  ],
  [
    'concurrently npm:dev "npm run build" "npm:test -- --x"',
    ['package.json#scripts.dev', 'package.json#scripts.build', 'package.json#scripts.test'],
  ],
  ['make test; make -C deps all; make', ['Makefile#test', 'deps/Makefile#all', 'Makefile']],
  [
    'make --directory deps all; make --file=deps/Makefile --directory . all',
    ['deps/Makefile#all', 'deps/Makefile#all'],
  ],
  ['$(MAKE) test', []],
  ['make $FLAGS test', []],
  ['go run ./cmd/x; go build -o out ./cmd/x', ['cmd/x/main.go', 'cmd/x/main.go']],
  ['go build -o ./bin/x ./cmd/x; go build -o "$OUT" ./cmd/x', ['cmd/x/main.go', 'cmd/x/main.go']],
  ['go run -C tools ./cmd/x', []],
  ['python "tools/x\\.py"; python "tools/x.py"', ['tools/x.py']],
  ['pip install -r requirements.txt', ['requirements.txt']],
  ['# ./run.sh', []],
  ['cat <<EOF\n./run.sh\nEOF\n./run.sh > run.log', ['run.sh']],
  ['echo "node scripts/build.mjs"', []],
  ['if [ -f x ]; then ./run.sh; fi', ['run.sh']],
  ['for f in ./run.sh; do node scripts/build.mjs; done', ['scripts/build.mjs']],
  ['uv run python tools/x.py', ['tools/x.py']],
]

test('a command names the files, scripts and targets that its words certainly mean', async () => {
  const { files } = await inventoryOf(FILES)
  const repository = new Repository(files, new Set())
  for (const [command, expected] of CASES) {
    const found = targetsOf(command, folderPlace('', repository), repository).map(({ to }) => to)
    assert.deepEqual(found, expected, command)
  }
})
