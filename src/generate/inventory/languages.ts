/** Detects languages by file name, extension and first line. `roles.ts` determines the purpose of a file. */

import { nameOf } from '#generate/paths.ts'

/** `code` is run or compiled, `markup` is displayed, `prose` is read, `data` contains values. */
export type LanguageType = 'code' | 'markup' | 'prose' | 'data'

interface Language {
  name: string
  type: LanguageType
}

/** One language per line: name, type, extensions with a dot, whole file names, and after `!` commands of a `#!` line. */
const TABLE = `
typescript code .ts .tsx .mts .cts !deno !ts-node !tsx !bun
javascript code .js .jsx .mjs .cjs .es6 .jsm Jakefile !node !nodejs
python code .py .pyi .pyw .wsgi SConstruct SConscript wscript !python !python2 !python3 !pypy !pypy3
cython code .pyx .pxd .pxi
c code .c .h .idc
cpp code .cc .cpp .cxx .c++ .cp .hh .hpp .hxx .h++ .inl .ipp .tpp .txx .ixx .cppm
objective-c code .m
objective-cpp code .mm
cuda code .cu .cuh
opencl code .cl
csharp code .cs .csx .cake
fsharp code .fs .fsi .fsx
visual-basic code .vb .vbs .bas .frm
java code .java .jav
kotlin code .kt .kts .ktm
scala code .scala .sc .sbt
groovy code .groovy .gvy .gradle Jenkinsfile !groovy
clojure code .clj .cljs .cljc .bb !bb
go code .go
rust code .rs
zig code .zig
swift code .swift
dart code .dart
ruby code .rb .rbw .rake .gemspec .ru .podspec .jbuilder Rakefile Gemfile Guardfile Vagrantfile Podfile Fastfile Brewfile Capfile Dangerfile !ruby !jruby
crystal code .cr
php code .php .php3 .php4 .php5 .phtml .phps !php
perl code .pl .pm .t .pod .psgi cpanfile Makefile.PL !perl
raku code .raku .rakumod .p6 .pm6 !raku !perl6
lua code .lua .rockspec !lua !luajit
luau code .luau
r code .r .rd .rsx .Rprofile !Rscript
julia code .jl !julia
haskell code .hs .lhs .hsc !runhaskell
elm code .elm
purescript code .purs
ocaml code .ml .mli .mll .mly !ocaml
reason code .re .rei
rescript code .res .resi
erlang code .erl .hrl .escript rebar.config !escript
elixir code .ex .exs mix.lock !elixir
gleam code .gleam
nim code .nim .nims .nimble
d code .d .di
ada code .adb .ads
fortran code .f .f77 .f90 .f95 .f03 .f08 .for
pascal code .pas .pp .dpr .lpr
cobol code .cob .cbl .cpy
assembly code .asm .s .nasm
webassembly code .wat .wast
llvm code .ll
verilog code .v .vh
systemverilog code .sv .svh
vhdl code .vhd .vhdl
lisp code .lisp .lsp .asd !sbcl
emacs-lisp code .el .emacs
scheme code .scm .ss .sld !guile
racket code .rkt !racket
prolog code .prolog !swipl
smalltalk code .st
tcl code .tcl .tm !tclsh !wish
vim-script code .vim .vimrc .gvimrc _vimrc
applescript code .applescript .scpt !osascript
autohotkey code .ahk
coffeescript code .coffee .cson Cakefile !coffee
livescript code .ls
haxe code .hx
actionscript code .as
vala code .vala .vapi
gdscript code .gd
glsl code .glsl .vert .frag .geom .comp .tesc .tese
hlsl code .hlsl .fx
wgsl code .wgsl
metal code .metal
solidity code .sol
vyper code .vy
move code .move
cairo code .cairo
apex code .cls .trigger
abap code .abap
matlab code .matlab .mlx
mathematica code .nb .wl .wls
stata code .do .ado
sas code .sas
bash code .sh .bash .bats .ksh .zsh .bashrc .bash_profile .bash_aliases .profile .zshrc .zshenv PKGBUILD !sh !bash !dash !zsh !ksh !ash
fish code .fish !fish
powershell code .ps1 .psm1 .psd1 !pwsh
batch code .bat .cmd
awk code .awk !awk !gawk
sed code .sed !sed
nix code .nix
dhall code .dhall
jsonnet code .jsonnet .libsonnet
cue code .cue
starlark code .bzl .star .bazel BUILD WORKSPACE MODULE.bazel Tiltfile
hcl code .hcl .tf .tfvars .nomad
bicep code .bicep
rego code .rego
makefile code .mk .mak .make Makefile makefile GNUmakefile BSDmakefile Kbuild !make
just code .just Justfile justfile
cmake code .cmake CMakeLists.txt
meson code meson.build meson_options.txt
autoconf code .ac .m4 configure.ac configure.in
automake code .am
dockerfile code .dockerfile Dockerfile Containerfile
sql code .sql .psql .pgsql .ddl .plsql
graphql code .graphql .gql .graphqls
protobuf code .proto
thrift code .thrift
capnproto code .capnp
flatbuffers code .fbs
avro data .avsc .avdl
prisma code .prisma
wit code .wit
qml code .qml
vue code .vue
svelte code .svelte
astro code .astro
marko code .marko
html markup .html .htm .xhtml .shtml
css markup .css
scss markup .scss
sass markup .sass
less markup .less
stylus markup .styl
postcss markup .pcss .postcss
handlebars markup .hbs .handlebars
mustache markup .mustache
ejs markup .ejs
pug markup .pug .jade
erb markup .erb .rhtml
haml markup .haml
slim markup .slim
jinja markup .j2 .jinja .jinja2 .njk
liquid markup .liquid
twig markup .twig
blade markup .blade
razor markup .cshtml .razor
jsp markup .jsp
heex markup .heex .eex .leex
templ code .templ
svg data .svg
xml data .xml .xsd .xsl .xslt .wsdl .plist .csproj .fsproj .vbproj .vcxproj .props .targets .nuspec .resx .xaml .ui .storyboard .xib
json data .json .jsonl .ndjson .geojson .webmanifest .har .code-workspace .babelrc .eslintrc .prettierrc .swcrc .jshintrc composer.lock Pipfile.lock flake.lock deno.lock
notebook data .ipynb
jsonc data .jsonc .json5 tsconfig.json jsconfig.json
yaml data .yml .yaml .clang-format .clang-tidy CITATION.cff .cff pubspec.lock
toml data .toml Cargo.lock poetry.lock uv.lock Pipfile pdm.lock
ini data .ini .cfg .conf .properties .editorconfig .npmrc .gitconfig .gitmodules .pylintrc .flake8 .coveragerc .desktop .service
dotenv data .env
csv data .csv
tsv data .tsv
text prose .txt LICENSE LICENCE COPYING NOTICE AUTHORS CONTRIBUTORS CHANGELOG CHANGES README INSTALL NEWS TODO CODEOWNERS requirements.txt
markdown prose .md .markdown .mdown .mkd .mkdn
mdx prose .mdx
restructuredtext prose .rst
rdoc prose .rdoc
asciidoc prose .adoc .asciidoc
org prose .org
textile prose .textile
tex prose .tex .sty .bib .ltx
typst prose .typ
roff prose .roff .man .1 .2 .3 .5 .7 .8
pod prose .pod6
diff data .diff .patch
gettext data .po .pot
ignore-list data .gitignore .dockerignore .npmignore .eslintignore .prettierignore .helmignore .gitattributes .mailmap
go-module data go.mod go.sum go.work go.work.sum
lock-file data yarn.lock Gemfile.lock Podfile.lock bun.lock
`

const byName = new Map<string, Language>()
const byExtension = new Map<string, Language>()
const byCommand = new Map<string, Language>()
const types = new Map<string, LanguageType>()

for (const line of TABLE.trim().split('\n')) {
  const [name, type, ...keys] = line.split(' ')
  if (name === undefined || type === undefined) continue
  const language: Language = { name, type: type as LanguageType }
  types.set(name, language.type)
  for (const key of keys) {
    if (key.startsWith('!')) byCommand.set(key.slice(1), language)
    else {
      byName.set(key, language)
      if (key.startsWith('.')) byExtension.set(key.toLowerCase(), language)
    }
  }
}

/** `Dockerfile.dev`, `Makefile.in`: the name before the first dot decides. */
const STEMS = new Map([
  ['Dockerfile', 'dockerfile'],
  ['Containerfile', 'dockerfile'],
  ['Makefile', 'makefile'],
  ['.env', 'dotenv'],
])

/** The type of a language; `undefined` for an unknown name. */
export function typeOfLanguage(name: string): LanguageType | undefined {
  return types.get(name)
}

/**
 * The language of a file.
 *
 * @param path - Path in the repository.
 * @param head - The first line, for scripts without an extension; '' when unknown.
 * @returns A name of the table, or `null`.
 */
export function detectLanguage(path: string, head: string): string | null {
  const name = nameOf(path)
  const whole = byName.get(name)
  if (whole !== undefined) return whole.name
  for (const [stem, language] of STEMS) if (name.startsWith(`${stem}.`)) return language
  const dot = name.lastIndexOf('.')
  if (dot >= 0) {
    const found = byExtension.get(name.slice(dot).toLowerCase())
    if (found !== undefined) return found.name
  }
  return languageOfShebang(head)
}

/** `#!/usr/bin/env -S node --flag`, `#!/bin/sh -e`, `#!/usr/bin/python3.11`. */
function languageOfShebang(head: string): string | null {
  if (!head.startsWith('#!')) return null
  const words = head.slice(2, 200).trim().split(/\s+/)
  const command = words.map((word) => nameOf(word)).find((word) => isCommand(word))
  if (command === undefined) return null
  return (byCommand.get(command) ?? byCommand.get(command.replace(/(?<![0-9.])[0-9.]+$/, '')))?.name ?? null
}

/** Whether a word of a `#!` line is neither `env` nor one of its options or variables. */
function isCommand(word: string): boolean {
  return word !== '' && word !== 'env' && !word.startsWith('-') && !word.includes('=')
}
