# Jetway for Jetty 12.1: WebAssembly programs beside what the server serves otherwise.

[description]
Runs WebAssembly modules as CGI programs; routes are in etc/jetway/.

[tags]
handler

[version]
12.1

[depend]
server
logging
client

[before]
accept-rate-limit
compression
connection-limit
cross-origin
graceful
gzip
qos
rewrite
statistics
thread-limit

[lib]
lib/jetway/*.jar

[xml]
etc/jetway.xml

[exec]
-XX:-DontCompileHugeMethods
-XX:-ClipInlining
-XX:MaxTrivialSize=80
-XX:Tier3DelayOn=200
-XX:+UseCompactObjectHeaders
-XX:-UseCompressedOops
-XX:LoopUnrollLimit=120
-XX:MaxRecursiveInlineLevel=3
--enable-native-access=ALL-UNNAMED

[ini-template]
## Folder with jetway.toml or modules.toml, relative to $JETTY_BASE
# jetway.configuration=etc/jetway

## Path of metrics for Prometheus, for every client that reaches this server; none if empty
# jetway.metrics=/metrics

## Folder for compiled modules and generated files, relative to $JETTY_BASE
# jetway.state=work/jetway
