package dev.jetway.server.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressKindTest {
    @ParameterizedTest
    @CsvSource({
        "1.1.1.1, PUBLIC",
        "9.255.255.255, PUBLIC",
        "10.0.0.0, PRIVATE",
        "10.255.255.255, PRIVATE",
        "11.0.0.0, PUBLIC",
        "172.15.255.255, PUBLIC",
        "172.16.0.0, PRIVATE",
        "172.31.255.255, PRIVATE",
        "172.32.0.0, PUBLIC",
        "192.167.255.255, PUBLIC",
        "192.168.0.0, PRIVATE",
        "192.169.0.0, PUBLIC",
        "100.63.255.255, PUBLIC",
        "100.64.0.0, PRIVATE",
        "100.127.255.255, PRIVATE",
        "100.128.0.0, PUBLIC",
        "127.0.0.1, LOOPBACK",
        "127.255.255.255, LOOPBACK",
        "169.253.255.255, PUBLIC",
        "169.254.0.1, LINK_LOCAL",
        "169.254.169.254, SPECIAL",
        "169.254.170.2, SPECIAL",
        "169.255.0.0, PUBLIC",
        "100.100.100.200, SPECIAL",
        "0.0.0.0, SPECIAL",
        "0.1.2.3, SPECIAL",
        "192.0.0.1, SPECIAL",
        "192.0.2.1, SPECIAL",
        "198.18.0.1, SPECIAL",
        "198.51.100.1, SPECIAL",
        "203.0.113.1, SPECIAL",
        "224.0.0.1, SPECIAL",
        "240.0.0.1, SPECIAL",
        "255.255.255.255, SPECIAL",
        "2606:4700::1, PUBLIC",
        "::1, LOOPBACK",
        "::, SPECIAL",
        "fe80::1, LINK_LOCAL",
        "fc00::1, PRIVATE",
        "fdff::1, PRIVATE",
        "fec0::1, PRIVATE",
        "fd00:ec2::254, SPECIAL",
        "ff02::1, SPECIAL",
        "2001:db8::1, SPECIAL",
        "2001:0:1::1, SPECIAL",
        "4000::1, SPECIAL",
        "::ffff:169.254.169.254, SPECIAL",
        "::ffff:10.0.0.1, PRIVATE",
        "::ffff:127.0.0.1, LOOPBACK",
        "::7f00:1, LOOPBACK",
        "2002:a9fe:a9fe::1, SPECIAL",
        "2002:a00:1::1, PRIVATE",
        "2002:101:101::1, PUBLIC",
        "64:ff9b::a9fe:a9fe, SPECIAL",
        "64:ff9b::101:101, PUBLIC",
        "64:ff9b:1::1, SPECIAL",
    })
    void of_anAddress_isTheKindOfItsNetwork(String address, AddressKind kind)
            throws UnknownHostException {
        assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(kind);
    }
}
