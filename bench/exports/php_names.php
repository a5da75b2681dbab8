<?php
// Prints the types and functions of each namespace that composer.json loads (psr-4, files) as JSON, by PHP's own tokenizer.
$root = $argv[1];
$autoload = json_decode(file_get_contents("$root/composer.json"), true)['autoload'] ?? [];
$files = $autoload['files'] ?? [];
foreach ($autoload['psr-4'] ?? [] as $folders) {
    foreach ((array) $folders as $folder) {
        $walk = new RecursiveIteratorIterator(new RecursiveDirectoryIterator("$root/$folder", FilesystemIterator::SKIP_DOTS));
        foreach ($walk as $file) {
            if ($file->getExtension() === 'php') $files[] = substr($file->getPathname(), strlen($root) + 1);
        }
    }
}
$names = [];
foreach (array_unique($files) as $file) {
    $namespace = '';
    // Whether each open brace begins the body of a type or function.
    $open = [];
    $isBody = false;
    $tokens = array_values(array_filter(
        PhpToken::tokenize(file_get_contents("$root/$file")),
        fn ($token) => !$token->isIgnorable(),
    ));
    foreach ($tokens as $at => $token) {
        $next = $tokens[$at + 1] ?? null;
        if ($token->is(['{', T_CURLY_OPEN, T_DOLLAR_OPEN_CURLY_BRACES])) {
            $open[] = $isBody;
            $isBody = false;
        }
        if ($token->is('}')) array_pop($open);
        if ($token->is(';')) $isBody = false;
        if ($token->is(T_NAMESPACE) && $next?->is([T_STRING, T_NAME_QUALIFIED])) $namespace = $next->text;
        if (!$token->is([T_CLASS, T_INTERFACE, T_TRAIT, T_ENUM, T_FUNCTION])) continue;
        if ($at > 0 && $tokens[$at - 1]->is([T_DOUBLE_COLON, T_NEW, T_USE])) continue;
        $isBody = true;
        if (!in_array(true, $open, true) && $next?->is(T_STRING)) $names[$namespace][] = $next->text;
    }
}
echo json_encode((object) $names);
