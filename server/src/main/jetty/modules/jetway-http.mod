# Jetway's connector for Jetty 12.1: programs at the speed of Jetway's own server.

[description]
Has the threads of HTTP connections run short programs; other handlers run on Jetty's thread pool.

[tags]
connector
http

[version]
12.1

[depend]
http
jetway

[before]
http2c

[xml]
etc/jetway-http.xml
