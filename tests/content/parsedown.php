<?php
// The real Parsedown and Parsedown Extra, set up as Grav sets them up, as a server on stdin and stdout: one JSON
// object a line in ({"text": …, and the switches of a dialect}), one JSON string a line out.

error_reporting(0);
ini_set('display_errors', '0');
ini_set('memory_limit', '2G');
require_once getenv('PARSEDOWN') ?: '/usr/share/php/Parsedown/Parsedown.php';
require_once getenv('PARSEDOWN_EXTRA') ?: '/usr/share/php/ParsedownExtra/ParsedownExtra.php';

trait AsInGrav
{
    private array $special = [];
    private array $levels = [];
    private string $base = '';
    private string $names = '';

    public function settle(array $dialect): static
    {
        $this->setBreaksEnabled($dialect['auto_line_breaks']);
        $this->setUrlsLinked($dialect['auto_url_links']);
        $this->setMarkupEscaped($dialect['escape_markup']);
        $this->special = $dialect['special_chars'];
        $this->BlockTypes['{'][] = 'TwigLine';
        if ($dialect['notices']) {
            $this->levels = $dialect['notices'];
            $this->base = $dialect['notices_base'];
            $this->BlockTypes['!'][] = 'Notice';
        }
        if ($dialect['shortcodes']) {
            $this->names = implode('|', array_map(fn ($name) => preg_quote($name, '/'), $dialect['shortcodes']));
            $this->BlockTypes['['][] = 'ShortcodeLine';
        }
        return $this;
    }

    protected function inlineSpecialCharacter($Excerpt)
    {
        $char = $Excerpt['text'][0];
        if ($char === '&') {
            return preg_match('/^&#?\w+;/', $Excerpt['text']) ? null : ['markup' => '&amp;', 'extent' => 1];
        }
        return isset($this->special[$char]) ? ['markup' => '&' . $this->special[$char] . ';', 'extent' => 1] : null;
    }

    /** Targets that are Twig hold spaces, so Parsedown must not see them. */
    protected function inlineLink($Excerpt)
    {
        if (!preg_match('/^(\[(?:[^][]++|(?1))*+\])\((\{([{%#]).*?(?:\3|\})\})\)/', $Excerpt['text'], $found)) {
            return parent::inlineLink($Excerpt);
        }
        $at = strlen($found[1]) + 1;
        $Excerpt['text'] = substr_replace($Excerpt['text'], '/', $at, strlen($found[2]));
        $Link = parent::inlineLink($Excerpt);
        $Link['element']['attributes']['href'] = $found[2];
        $Link['extent'] += strlen($found[2]) - 1;
        return $Link;
    }

    protected function blockTwigLine($Line)
    {
        return preg_match('/\{[{%#].*[}%#]\}/', $Line['body']) ? ['markup' => $Line['body']] : null;
    }

    protected function blockShortcodeLine($Line)
    {
        $line = trim($Line['body']);
        return preg_match("/^\[\/?(?:{$this->names})[^\]]*\]$/", $line) ? ['markup' => $Line['body']] : null;
    }

    protected function blockNotice($Line)
    {
        $most = count($this->levels);
        if (!preg_match("/^(!{1,$most}) (.*)/", $Line['text'], $found)) {
            return null;
        }
        $class = ($this->base === '' ? '' : str_replace(',', ' ', $this->base) . ' ') . $this->levels[strlen($found[1]) - 1];
        return ['element' => ['name' => 'div', 'handler' => 'lines', 'attributes' => ['class' => $class],
                              'text' => [$found[2]]]];
    }

    protected function blockNoticeContinue($Line, array $Block)
    {
        $most = count($this->levels);
        if (isset($Block['interrupted']) || !preg_match("/^(!{1,$most}) ?(.*)/", $Line['text'], $found)) {
            return null;
        }
        $Block['element']['text'][] = $found[2];
        return $Block;
    }
}

class GravParsedown extends Parsedown
{
    use AsInGrav;
}

class GravParsedownExtra extends ParsedownExtra
{
    use AsInGrav;
}

/** Twig tags out of the way of Markdown and back, as Page::processMarkdown does it. */
function protect(string $text, callable $convert): string
{
    $patterns = ['/({#.*?#})/mu', '/({{.*?}})/mu', '/({%.*?%})/mu'];
    $token = fn ($found) => '/k3Q' . base64_encode($found[1]) . 'x7Z/';
    $html = $convert(preg_replace_callback($patterns, $token, $text));
    do {    // Grav does this once: a tag within a tag stays a token there
        $html = preg_replace_callback('`/k3Q([A-Za-z0-9+/]+?={0,2})x7Z/`mu', fn ($found) => base64_decode($found[1]), $html, -1, $count);
    } while ($count);
    return $html;
}

while (($line = fgets(STDIN)) !== false) {
    $asked = json_decode($line, true);
    $parsedown = ($asked['extra'] ? new GravParsedownExtra() : new GravParsedown())->settle($asked);
    $convert = fn ($text) => $parsedown->text($text);
    try {
        $html = $asked['twig'] ? protect($asked['text'], $convert) : $convert($asked['text']);
    } catch (Throwable $error) {
        $html = null;
    }
    echo json_encode($html, JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_UNICODE), "\n";
    flush();
}
