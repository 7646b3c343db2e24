package Socket;

# What AWStats asks of Perl's own Socket, which this build of Perl lacks: a guest has no network.
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(AF_INET AF_INET6 inet_aton inet_ntoa inet_pton inet_ntop);

sub AF_INET  { return 2 }
sub AF_INET6 { return 10 }

sub inet_aton { return pack('C4', split(/\./, $_[0])) }
sub inet_ntoa { return join('.', unpack('C4', $_[0])) }
sub inet_pton { return $_[0] == AF_INET() ? inet_aton($_[1]) : undef }
sub inet_ntop { return $_[0] == AF_INET() ? inet_ntoa($_[1]) : undef }

1;
