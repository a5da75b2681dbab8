import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ArtifactBuilder } from '#generate/analyse/artifacts/artifact-builder.ts'
import { edgesOf, findInTexts, nodesOf } from './find-in-texts.ts'

test('GitHub workflows: jobs run what is checked out, and nothing before', async () => {
  const found = await findInTexts({
    '.github/workflows/ci.yml': `on: push
jobs:
  build:
    runs-on: x
    steps:
      - run: ./early.sh
      - uses: actions/checkout@v4
      - uses: ./.github/actions/setup
      - run: |
          ./ci.sh
          echo \${{ github.ref }}
      - run: ./b.sh
        working-directory: sub
      - run: ./ci.sh
        shell: pwsh
  test:
    needs: [build, gone]
    steps:
      - uses: actions/checkout@v4
        with: { repository: other/one }
      - run: ./ci.sh
`,
    '.github/actions/setup/action.yml': 'name: Setup\nruns: { using: node20, main: index.js }\n',
    '.github/actions/setup/index.js': '',
    'early.sh': '',
    'ci.sh': '',
    'sub/b.sh': '',
  })
  assert.deepEqual(edgesOf(found), [
    '.github/actions/setup/action.yml#Setup runs .github/actions/setup/index.js',
    '.github/workflows/ci.yml#build runs .github/actions/setup/action.yml',
    '.github/workflows/ci.yml#build runs ci.sh',
    '.github/workflows/ci.yml#build runs sub/b.sh',
    '.github/workflows/ci.yml#test depends-on .github/workflows/ci.yml#build',
  ])
  assert.ok(nodesOf(found).includes('.github/workflows/ci.yml#build job 3-15'))
})

test('a line that only prints is not a command; one that also runs a program is', async () => {
  const lines = ['echo "a && b; c"', 'echo start && make', 'echo x; ./run.sh', "echo 'a > b'", 'echo a | tee b']
  const found = await findInTexts({
    '.gitlab-ci.yml': `a:\n  script: |\n${lines.map((line) => `    ${line}\n`).join('')}`,
  })
  assert.deepEqual(
    found.nodes.filter(({ kind }) => kind === 'command').map(({ name }) => name),
    [lines[1], lines[2], lines[4]],
  )
})

test('GitLab CI and CircleCI', async () => {
  const found = await findInTexts({
    '.gitlab-ci.yml':
      '.base: &base\n  before_script: [cd sub]\nbuild:\n  <<: *base\n  script: [./b.sh]\ntest:\n  needs: [build]\n  extends: .base\n  script: ./ci.sh\n',
    '.circleci/config.yml':
      'jobs:\n  a:\n    steps: [checkout, { run: ./ci.sh }]\n  b:\n    steps: [{ run: ./ci.sh }]\nworkflows:\n  w:\n    jobs: [a, { b: { requires: [a] } }]\n',
    'ci.sh': '',
    'sub/b.sh': '',
  })
  assert.deepEqual(edgesOf(found), [
    '.circleci/config.yml#a runs ci.sh',
    '.circleci/config.yml#b depends-on .circleci/config.yml#a',
    '.gitlab-ci.yml#build runs sub/b.sh',
    '.gitlab-ci.yml#test uses .gitlab-ci.yml#.base',
    '.gitlab-ci.yml#test depends-on .gitlab-ci.yml#build',
    '.gitlab-ci.yml#test runs ci.sh',
  ])
})

test('Dockerfiles: stages, what they copy, and which file of the repository a command of the image runs', async () => {
  const found = await findInTexts({
    'app/Dockerfile': `FROM node AS build
WORKDIR /src
COPY package.json ./
COPY lib/ lib/
RUN npm run build
FROM build
COPY --from=build /src/lib /lib
COPY start.sh /usr/bin/start
ENTRYPOINT ["/usr/bin/start"]
CMD ["node", "lib/a.js"]
`,
    'app/package.json': '{"scripts": {"build": "node lib/a.js"}}',
    'app/lib/a.js': '',
    'app/start.sh': '',
    'compose.yaml':
      'services:\n  web:\n    build: { context: app, target: build }\n    depends_on: [db]\n    env_file: .env.web\n    volumes: ["./conf.ini:/etc/conf.ini:ro"]\n  db: { image: postgres }\n  far: { build: "https://example.org/app.git#main" }\n',
    '.env.web': '',
    'conf.ini': '',
  })
  assert.deepEqual(edgesOf(found), [
    'app/Dockerfile#1 depends-on app/Dockerfile#build',
    'app/Dockerfile#1 uses app/Dockerfile#build',
    'app/Dockerfile#1 runs app/lib/a.js',
    'app/Dockerfile#1 runs app/start.sh',
    'app/Dockerfile#1 uses app/start.sh',
    'app/Dockerfile#build uses app/lib/a.js',
    'app/Dockerfile#build uses app/package.json',
    'app/Dockerfile#build runs app/package.json#scripts.build',
    'app/package.json#scripts.build runs app/lib/a.js',
    'compose.yaml#web uses .env.web',
    'compose.yaml#web uses app/Dockerfile',
    'compose.yaml#web uses app/Dockerfile#build',
    'compose.yaml#web depends-on compose.yaml#db',
    'compose.yaml#web uses conf.ini',
  ])
  assert.ok(nodesOf(found).includes('app/Dockerfile#build stage 1-5'))
})

test('`<<` in arithmetic and `<<<` begin no here-document', async () => {
  const found = await findInTexts({
    Dockerfile:
      'FROM node\nWORKDIR /src\nRUN echo $((1<<10)) && cat <<<word\nRUN <<EOF cat\nCOPY b.js ./\nEOF\nCOPY a.js ./\nCMD node a.js\n',
    'a.js': '',
    'b.js': '',
  })
  assert.deepEqual(edgesOf(found), ['Dockerfile#0 runs a.js', 'Dockerfile#0 uses a.js'])
})

test('Compose: files under `include.path`, one or several; a stage of an inline Dockerfile names nothing', async () => {
  const found = await findInTexts({
    'compose.yaml':
      'include:\n  - c.yaml\n  - path: d.yaml\n  - path: [a/compose.yaml, b.yaml]\nservices:\n  web:\n    build: { context: ., dockerfile_inline: FROM scratch AS x, target: x }\n',
    'a/compose.yaml': '',
    'b.yaml': '',
    'c.yaml': '',
    'd.yaml': '',
  })
  assert.deepEqual(edgesOf(found), [
    'compose.yaml uses a/compose.yaml',
    'compose.yaml uses b.yaml',
    'compose.yaml uses c.yaml',
    'compose.yaml uses d.yaml',
  ])
})

test('Makefiles: prerequisites, other targets, files of recipes; variables name nothing', async () => {
  const found = await findInTexts({
    Makefile: `CC := cc
.PHONY: all
all: out.o $(OBJECTS) check ## everything
	@$(MAKE) -C sub clean
out.o: a.c
	$(CC) -c a.c
check: X = 1
check: ) t.sh
	cd sub && ./t.sh
	./t.sh
%.o: %.c
	cc $<
define TEXT
fake: a.c
endef
`,
    'a.c': '',
    'sub/Makefile': 'clean:\n\trm -f x\n',
    'sub/t.sh': '',
    't.sh': '',
  })
  assert.deepEqual(nodesOf(found), [
    'Makefile#all target 3-4',
    'Makefile#check target 8-10',
    'Makefile#out.o target 5-6',
    'sub/Makefile#clean target 1-2',
  ])
  assert.deepEqual(edgesOf(found), [
    'Makefile#all depends-on Makefile#check',
    'Makefile#all depends-on Makefile#out.o',
    'Makefile#all runs sub/Makefile#clean',
    'Makefile#check runs sub/t.sh',
    'Makefile#check depends-on t.sh',
    'Makefile#check runs t.sh',
    'Makefile#out.o depends-on a.c',
  ])
})

test('Azure Pipelines: triggers in any order, and the steps of deployments', async () => {
  const found = await findInTexts({
    'azure-pipelines.yml': `pr:
  - main
trigger:
  branches:
    include: [main]
jobs:
  - deployment: Deploy
    strategy:
      runOnce:
        deploy:
          steps:
            - script: ./deploy.sh
        on:
          failure:
            steps:
              - script: ./undo.sh
`,
    'deploy.sh': '',
    'undo.sh': '',
  })
  const { nodes } = found
  const spans = nodes.flatMap(({ kind, startLine, endLine }) => (kind === 'workflow' ? [[startLine, endLine]] : []))
  assert.deepEqual(spans, [[1, 5]])
  const commands = nodes.flatMap(({ kind, name }) => (kind === 'command' ? [name] : []))
  assert.deepEqual(commands, ['./deploy.sh', './undo.sh'])
})

test('artifacts of one file have different ids, also when a name looks like a numbered one', () => {
  const builder = new ArtifactBuilder('Makefile', 9)
  const ids = ['a', 'a', 'a~2', 'b~2', 'b', 'b'].map((name) =>
    builder.add({ kind: 'target', name, startLine: 1, endLine: 1 }),
  )
  assert.equal(new Set(ids).size, ids.length)
})
