import assert from 'node:assert/strict'
import { test } from 'node:test'
import { edgesOf, findInTexts, nodesOf } from './find-in-texts.ts'

test('Maven: modules, parents, dependencies among them, main classes and files that plugins name', async () => {
  const found = await findInTexts(
    {
      'pom.xml':
        '<?xml version="1.0"?>\n<project xmlns="http://maven.apache.org/POM/4.0.0">\n  <groupId>g</groupId>\n  <artifactId>root</artifactId>\n  <modules>\n    <module>app</module>\n    <module>lib</module>\n    <module>missing</module>\n  </modules>\n</project>\n',
      'app/pom.xml':
        '<project>\n<parent><groupId>g</groupId><artifactId>root</artifactId></parent>\n<artifactId>app</artifactId>\n<dependencies>\n<dependency><groupId>${project.groupId}</groupId><artifactId>lib</artifactId></dependency>\n<dependency><groupId>other</groupId><artifactId>lib</artifactId></dependency>\n</dependencies>\n<build><plugins><plugin><configuration><mainClass>a.b.Main</mainClass><configLocation>conf/check.xml</configLocation><include>conf/no.xml</include><module>../lib</module></configuration></plugin></plugins></build>\n</project>\n',
      'lib/pom.xml':
        '<project><parent><groupId>g</groupId><artifactId>elsewhere</artifactId></parent><artifactId>lib</artifactId></project>\n',
      'app/src/main/java/a/b/Main.java': '',
      'app/conf/check.xml': '',
      'app/conf/no.xml': '',
    },
    ['app/src/main/java/a/b/Main.java#Main.main'],
  )
  assert.deepEqual(nodesOf(found), [
    'app/pom.xml#app package 1-9',
    'lib/pom.xml#lib package 1-1',
    'pom.xml#root package 2-10',
  ])
  assert.deepEqual(edgesOf(found), [
    'app/pom.xml#app uses app/conf/check.xml',
    'app/pom.xml#app runs app/src/main/java/a/b/Main.java#Main.main',
    'app/pom.xml#app depends-on lib/pom.xml#lib',
    'app/pom.xml#app depends-on pom.xml#root',
    'pom.xml#root uses app/pom.xml#app',
    'pom.xml#root uses lib/pom.xml#lib',
  ])
})

test('Maven: a module with a group of its own may name that of its parent', async () => {
  const dependency = (group: string): string =>
    `<dependency><groupId>${group}</groupId><artifactId>lib</artifactId></dependency>`
  const edges = async (group: string): Promise<string[]> =>
    edgesOf(
      await findInTexts({
        'lib/pom.xml': '<project><groupId>above</groupId><artifactId>lib</artifactId></project>',
        'pom.xml': `<project><parent><groupId>above</groupId><artifactId>elsewhere</artifactId></parent><groupId>own</groupId><artifactId>app</artifactId><dependencies>${dependency(group)}</dependencies></project>`,
      }),
    )
  for (const group of ['project.parent.groupId', 'parent.groupId'])
    assert.deepEqual(await edges(`$\{${group}}`), ['pom.xml#app depends-on lib/pom.xml#lib'])
  assert.deepEqual(await edges('${project.groupId}'), [])
})

test('XML with entities of its own, with a broken end or too deep is not read', async () => {
  const pom = (text: string): Promise<string[]> => findInTexts({ 'pom.xml': text }).then(nodesOf)
  const project = '<project><artifactId>a</artifactId></project>'
  assert.deepEqual(await pom(project), ['pom.xml#a package 1-1'])
  assert.deepEqual(await pom(`<!DOCTYPE project [<!ENTITY a "b">]>${project}`), [])
  assert.deepEqual(await pom(project.replace('>a<', '>&a;<')), [])
  assert.deepEqual(await pom(project.slice(0, -3)), [])
  assert.deepEqual(
    await pom(`<project><artifactId>a</artifactId>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</project>`),
    [],
  )
})

test('Gradle: projects that settings include, what they depend on, the main class; nothing of comments', async () => {
  const found = await findInTexts({
    'settings.gradle.kts':
      'rootProject.name = "whole"\ninclude(":app", ":my-lib")\n// include(":gone")\nincludeBuild("tools")\n',
    'tools/settings.gradle': '',
    'build.gradle': 'apply from: "gradle/shared.gradle"\n',
    'gradle/shared.gradle': '',
    'app/build.gradle.kts':
      'dependencies {\n  implementation(projects.myLib)\n  /* implementation(project(":gone")) */\n}\napplication { mainClass.set("a.MainKt") }\nabstract class Many : JavaExec() { init { mainClass = "a.ManyKt" } }\n',
    'app/src/main/kotlin/a/Main.kt': '',
    'app/src/main/kotlin/a/Many.kt': '',
    'my-lib/build.gradle': "dependencies {\n  api project(':gone')\n  testImplementation project(path: ':app')\n}\n",
    'gone/build.gradle': '',
  })
  assert.deepEqual(nodesOf(found), [
    'app/build.gradle.kts#:app package 1-6',
    'build.gradle#whole package 1-1',
    'gone/build.gradle#:gone package 1-1',
    'my-lib/build.gradle#:my-lib package 1-4',
    'settings.gradle.kts#whole package 1-4',
    'tools/settings.gradle#tools package 1-1',
  ])
  assert.deepEqual(edgesOf(found), [
    'app/build.gradle.kts#:app runs app/src/main/kotlin/a/Main.kt',
    'app/build.gradle.kts#:app depends-on my-lib/build.gradle#:my-lib',
    'build.gradle#whole uses gradle/shared.gradle',
    'my-lib/build.gradle#:my-lib depends-on app/build.gradle.kts#:app',
    'my-lib/build.gradle#:my-lib depends-on gone/build.gradle#:gone',
    'settings.gradle.kts#whole uses app/build.gradle.kts#:app',
    'settings.gradle.kts#whole uses my-lib/build.gradle#:my-lib',
    'settings.gradle.kts#whole uses tools/settings.gradle',
  ])
})

test('Gradle: the main class may be an object of Scala or a nested class', async () => {
  for (const [name, main] of [
    ['a.Main$', 'Main.main'],
    ['a.Main$Inner', 'Main.Inner.main'],
  ]) {
    const file = 'src/main/scala/a/Main.scala'
    const texts = { 'build.gradle': `application { mainClass = '${name}' }\n`, [file]: '' }
    const found = await findInTexts(
      texts,
      ['Main.main', 'Main.Inner.main'].map((id) => `${file}#${id}`),
    )
    assert.deepEqual(edgesOf(found), [`build.gradle#root project runs ${file}#${main}`])
  }
})

test('Gradle: a block that configures another project says nothing of this one', async () => {
  const found = await findInTexts({
    'settings.gradle': "include 'app', 'lib', 'web'\n",
    'build.gradle': `subprojects { dependencies { api project(':lib') } }
project(':app') { dependencies { api project(':web') } }
dependencies { api(project(':web')) { transitive = false } }
dependencies { api project(':app') { transitive = false } }
`,
    'app/build.gradle': '',
    'lib/build.gradle': '',
    'web/build.gradle': '',
  })
  assert.deepEqual(
    edgesOf(found).filter((edge) => edge.startsWith('build.gradle')),
    [
      'build.gradle#root project depends-on app/build.gradle#:app',
      'build.gradle#root project depends-on web/build.gradle#:web',
    ],
  )
})

test('.NET: projects, solutions of both kinds, shared properties', async () => {
  const found = await findInTexts({
    'All.sln':
      'Microsoft Visual Studio Solution File, Format Version 12.00\nProject("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "App", "src\\App\\App.csproj", "{00000000-0000-0000-0000-000000000001}"\nEndProject\n',
    'All.slnx':
      '<Solution>\n<Project Path="src/Lib/Lib.csproj" />\n<File Path="Directory.Build.props" />\n</Solution>\n',
    'Directory.Build.props': '<Project><Import Project="shared.props" /></Project>\n',
    'shared.props': '<Project />\n',
    'src/App/App.csproj':
      '\uFEFF<Project Sdk="Microsoft.NET.Sdk">\n<PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net8.0</TargetFramework></PropertyGroup>\n<ItemGroup>\n<ProjectReference Include="..\\Lib\\Lib.csproj" />\n<ProjectReference Include="$(Other)\\Lib.csproj" />\n<Compile Include="..\\Shared\\*.cs;Own.cs" />\n<Compile Remove="Old.cs" />\n<PackageReference Include="X" />\n</ItemGroup>\n</Project>\n',
    'src/App/Own.cs': '',
    'src/App/Old.cs': '',
    'src/Shared/A.cs': '',
    'src/Lib/Lib.csproj':
      '<Project><PropertyGroup><TargetFrameworks Condition="x">net471;net462</TargetFrameworks><TargetFrameworks>$(TargetFrameworks);net8.0</TargetFrameworks></PropertyGroup><ItemGroup><PackageReference Include="Microsoft.NET.Test.Sdk" /></ItemGroup></Project>\n',
  })
  assert.deepEqual(
    found.nodes.map(({ id, detail }) => `${id}: ${detail}`),
    [
      'All.sln#All: solution',
      'All.slnx#All: solution',
      'src/App/App.csproj#App: Exe; net8.0; needs X',
      'src/Lib/Lib.csproj#Lib: test; net471;net462;net8.0; needs Microsoft.NET.Test.Sdk',
    ],
  )
  assert.deepEqual(edgesOf(found), [
    'All.sln#All uses src/App/App.csproj#App',
    'All.slnx#All uses Directory.Build.props',
    'All.slnx#All uses src/Lib/Lib.csproj#Lib',
    'Directory.Build.props uses shared.props',
    'src/App/App.csproj#App uses Directory.Build.props',
    'src/App/App.csproj#App uses src/App/Own.cs',
    'src/App/App.csproj#App depends-on src/Lib/Lib.csproj#Lib',
    'src/App/App.csproj#App uses src/Shared/A.cs',
    'src/Lib/Lib.csproj#Lib uses Directory.Build.props',
  ])
})

test('CMake: targets with their sources, lists that are set once, folders; nothing of functions', async () => {
  const found = await findInTexts({
    'CMakeLists.txt':
      'project(demo)\nset(SOURCES a.c\n  "b.c") # the sources\nset(TWICE a.c)\nset(TWICE b.c)\nadd_library(${PROJECT_NAME} STATIC ${SOURCES} ${TWICE} ${UNKNOWN}/c.c)\nADD_EXECUTABLE(tool\n  main.c)\ntarget_sources(tool PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/c.c)\ntarget_link_libraries(tool PUBLIC demo m)\n#[[ add_executable(no main.c) ]]\nfunction(make name)\n  add_executable(${name} main.c)\nendfunction()\nadd_subdirectory(sub)\ninclude(more.cmake)\n',
    'a.c': '',
    'b.c': '',
    'c.c': '',
    'main.c': '',
    'sub/CMakeLists.txt': 'add_executable(x ../main.c',
    'more.cmake': '',
  })
  assert.deepEqual(nodesOf(found), ['CMakeLists.txt#demo target 6-6', 'CMakeLists.txt#tool target 7-8'])
  assert.deepEqual(edgesOf(found), [
    'CMakeLists.txt uses more.cmake',
    'CMakeLists.txt uses sub/CMakeLists.txt',
    'CMakeLists.txt#demo uses a.c',
    'CMakeLists.txt#demo uses b.c',
    'CMakeLists.txt#tool depends-on CMakeLists.txt#demo',
    'CMakeLists.txt#tool uses c.c',
    'CMakeLists.txt#tool uses main.c',
  ])
})

test('tasks of Rakefiles have the words of `desc`, also those that libraries and methods of the file define', async () => {
  const found = await findInTexts({
    Rakefile:
      'desc "Checks #{NAME} once"\nRake::TestTask.new("check:once")\ndesc "Old"\ntask computed do\nend\ndef also(name, other)\n  task name => other\n  task :inner\nend\nalso(:again, :check)\nif CI\n  RuboCop::RakeTask.new\nend\nnamespace(:db) {\n  task :load\n}\ntask :last\n',
  })
  const rows = found.nodes.map(({ name, detail }) => `${name}: ${detail}`)
  assert.deepEqual(rows, ['again: ', 'check:once: Checks … once', 'db:load: ', 'last: '])
})

/** The tasks of a Rakefile with their lines, descriptions and prerequisites. */
async function tasksIn(text: string): Promise<string[]> {
  const { nodes, edges } = await findInTexts({ Rakefile: text })
  return nodes.map(({ id, name, startLine, endLine, detail }) => {
    const needed = edges
      .filter(({ from, kind }) => from === id && kind === 'depends-on')
      .map(({ to }) => to.split('#')[1])
    return `${name} ${startLine}-${endLine}${detail === '' ? '' : ` ${detail}`}${needed.length === 0 ? '' : ` => ${needed}`}`
  })
}

test('the prerequisites of a task may be in any kind of list, over several lines, behind a name in quotes', async () => {
  const rows = await tasksIn(`
task :a
task "b"
task :"c-d"
task default: %w[a b]
task "e": :b
task :f => %i(a
  b)
task :g => [:a,
            "b"] do
  sh "x"
end
multitask :h, [:x] => {}, :y => :"c-d"
task :i, [:x] => :"c-d"
task :open => [
`)
  assert.deepEqual(rows, [
    'a 2-2',
    'b 3-3',
    'c-d 4-4',
    'default 5-5 => a,b',
    'e 6-6 => b',
    'f 7-7 => a,b',
    'g 9-12 => a,b',
    'h 13-13',
    'i 14-14 => c-d',
    'open 15-15',
  ])
})

test('a description belongs to the next task, also if that is not listed', async () => {
  const rows = await tasksIn(`
begin
  desc "Run specs"
  RSpec::Core::RakeTask.new(:spec)
rescue LoadError
end
task :lint do
end
desc "A file"
file "pkg/a.gem"
task :a
desc "Unknown"
Some::Task.new(:x)
task :b
desc "Kept"
X = 1
task :"c"
`)
  assert.deepEqual(rows, ['a 11-11', 'b 14-14', 'c 17-17 Kept', 'lint 7-8'])
})

test('a block that ends on its line leaves nothing open', async () => {
  const rows = await tasksIn(`
task :x do puts "hi" end
namespace :b do
  Rake::TestTask.new(:t) do |t|
  end
end
task(:y) { |t|
  sh "x"
}
task :z
`)
  assert.deepEqual(rows, ['b:t 4-4', 'x 2-2', 'y 7-9', 'z 10-10'])
})

test('Gemfiles name gems by a path; Rakefiles have tasks in namespaces that need each other and run files', async () => {
  const found = await findInTexts({
    Gemfile: "gemspec\ngem 'part', path: 'parts/part'\ngem 'rake'\n# gem 'no', path: 'no'\n",
    'x.gemspec': '',
    'parts/part/part.gemspec': '',
    Rakefile:
      "require_relative 'tasks/more'\ntask default: [:test, 'db:load']\n\ndesc 'Runs the tests'\ntask :test do\n  ruby 'run.rb'\nend\n\nnamespace :db do\n  task :load => :test do\n    sh \"node #{x}.js\"\n    sh 'node load.js'\n  end\nend\n",
    'tasks/more.rb': '',
    'run.rb': '',
    'load.js': '',
  })
  assert.deepEqual(nodesOf(found), [
    'Rakefile#db:load target 10-13',
    'Rakefile#default target 2-2',
    'Rakefile#test target 5-7',
  ])
  assert.deepEqual(edgesOf(found), [
    'Gemfile uses parts/part/part.gemspec',
    'Gemfile uses x.gemspec',
    'Rakefile uses tasks/more.rb',
    'Rakefile#db:load depends-on Rakefile#test',
    'Rakefile#db:load runs load.js',
    'Rakefile#default depends-on Rakefile#db:load',
    'Rakefile#default depends-on Rakefile#test',
    'Rakefile#test runs run.rb',
  ])
})
