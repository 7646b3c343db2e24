<?php
// PHP programs that compute. Prints a line each: name, milliseconds, and a sum of what was computed, which is
// the same with integers of 32 and of 64 bits.

function mandelbrot(): int
{
    $inside = 0;
    for ($row = 0; $row < 40; $row++) {
        for ($column = 0; $column < 60; $column++) {
            $a = $x = 3.0 * $column / 60 - 2.0;
            $b = $y = 2.0 * $row / 40 - 1.0;
            for ($turn = 0; $turn < 50 && $x * $x + $y * $y < 4.0; $turn++) {
                [$x, $y] = [$x * $x - $y * $y + $a, 2.0 * $x * $y + $b];
            }
            $inside += $turn;
        }
    }
    return $inside;
}

/** The most reversals of prefixes that bring a 1 to the front, over all orders of 1 to $n. */
function reversals(array $order, int $from): int
{
    $most = 0;
    if ($from === count($order)) {
        for ($cards = $order; $cards[0] !== 1; $most++) {
            for ($i = 0, $j = $cards[0] - 1; $i < $j; $i++, $j--) {
                $card = $cards[$i];
                $cards[$i] = $cards[$j];
                $cards[$j] = $card;
            }
        }
    }
    for ($i = $from; $i < count($order); $i++) {
        $next = $order;
        $next[$from] = $order[$i];
        $next[$i] = $order[$from];
        $most = max($most, reversals($next, $from + 1));
    }
    return $most;
}

function fibonacci(int $n): int
{
    return $n < 2 ? $n : fibonacci($n - 1) + fibonacci($n - 2);
}

function sorts(): int
{
    $value = 7;
    $values = [];
    for ($i = 0; $i < 5000; $i++) {
        $value = ($value * 1103 + 12345) % 65536;
        $values[] = $value;
    }
    $sorted = $values;
    sort($sorted);
    usort($values, fn(int $a, int $b): int => $b <=> $a);
    return $sorted[10] + $values[20];
}

function strings(): int
{
    $text = '';
    for ($i = 0; $i < 3000; $i++) {
        $text .= sprintf('%05d:%s,', $i, substr(md5((string) $i), 0, 8));
    }
    $words = array_map('strtoupper', explode(',', str_replace(['a', 'b'], ['xx', 'yy'], $text)));
    return strlen(implode(';', $words)) + strlen(htmlspecialchars($text)) + substr_count($text, '00');
}

class Shelf
{
    private array $values = [];

    public function set(string $key, int $value): static
    {
        $this->values[$key] = $value;
        return $this;
    }

    public function get(string $key): int
    {
        return $this->values[$key] ?? 0;
    }
}

function objects(): int
{
    $shelf = new Shelf();
    $sum = 0;
    for ($i = 0; $i < 15000; $i++) {
        $sum = ($sum + $shelf->set('k' . $i % 100, $i)->get('k' . $i % 77)) % 65536;
    }
    return $sum;
}

function patterns(): int
{
    $line = 'The quick brown fox <a href="http://example.org/x?y=1">jumps</a> over 13 lazy dogs, me@example.org; ';
    $text = str_repeat($line, 60);
    $sum = 0;
    for ($i = 0; $i < 5; $i++) {
        $sum += preg_match_all('~<a\s+href="([^"]+)">([^<]*)</a>~i', $text);
        $sum += preg_match_all('/\b(\w+)@(\w+)\.(com|org)\b/', $text);
        $sum += strlen(preg_replace('/\b(\w)(\w*)\b/', '$2$1', $text));
        $sum += count(preg_split('/[\s,.]+/', $text));
    }
    return $sum;
}

header('Content-Type: text/plain');
foreach ([
    'mandelbrot' => mandelbrot(...),
    'reversals' => fn() => reversals([1, 2, 3, 4, 5, 6], 0),
    'fibonacci' => fn() => fibonacci(19),
    'sort' => sorts(...),
    'strings' => strings(...),
    'objects' => objects(...),
    'preg' => patterns(...),
] as $name => $kernel) {
    $begin = hrtime(true);
    $sum = $kernel();
    printf("%s %.3f %d\n", $name, (hrtime(true) - $begin) / 1e6, $sum);
}
