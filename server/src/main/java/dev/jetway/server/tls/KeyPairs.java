package dev.jetway.server.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Checks that two keys are a pair: the public one verifies a signature of the private one. */
final class KeyPairs {
    private static final byte[] TEXT = {1, 2, 3};

    private KeyPairs() {}

    static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        String algorithm =
                switch (privateKey.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> privateKey.getAlgorithm();
                };
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(TEXT);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(TEXT);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
