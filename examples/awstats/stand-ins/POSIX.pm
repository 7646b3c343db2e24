package POSIX;

# What programs for CGI ask of POSIX most, in Perl itself: this build of Perl has no POSIX.
use strict;
use warnings;
use Exporter 'import';
our @EXPORT    = qw(floor ceil fmod);
our @EXPORT_OK = @EXPORT;

sub floor { my $n = int($_[0]); return $n > $_[0] ? $n - 1 : $n }
sub ceil  { my $n = int($_[0]); return $n < $_[0] ? $n + 1 : $n }
sub fmod  { return $_[0] - int($_[0] / $_[1]) * $_[1] }

1;
