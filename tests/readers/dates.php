<?php
// One JSON object a line: {"zone": …, "format": …, "text": …} → the Unix time that Grav's rule gives, or null.
while (($line = fgets(STDIN)) !== false) {
    $case = json_decode($line, true);
    date_default_timezone_set($case['zone']);
    $found = null;
    try {
        $made = $case['format'] ? DateTime::createFromFormat($case['format'], $case['text']) : new DateTime($case['text']);
        $stamp = $made ? $made->getTimestamp() : strtotime($case['text']);
        $found = $stamp === false ? null : $stamp;
    } catch (Exception $e) {
        $found = null;
    }
    echo json_encode($found), "\n";
}
