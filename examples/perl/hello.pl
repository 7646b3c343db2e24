use strict;
use warnings;

my $name = $ENV{QUERY_STRING} || 'world';
$name =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
$name =~ s/[<>&]//g;
my $body = do { local $/; <STDIN> } // '';
print "Content-Type: text/plain; charset=utf-8\n\n";
print "Hello, $name, from Perl $^V\n";
print length($body), " bytes of body\n" if length $body;
