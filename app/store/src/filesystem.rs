//! Refuses file systems that cannot keep a WAL database safe: shared memory and locks do not cross a network.

use std::path::Path;

use crate::error::OpenError;

// What statfs(2) reports, with the name people know it by. FUSE stands for sshfs, GlusterFS, S3 mounts and the folder
// shares of desktop container engines alike; it can be allowed for a local FUSE disk.
const NETWORK: &[(u32, &str)] = &[
    (0x0000_6969, "NFS"),
    (0xFF53_4D42, "CIFS (a Windows share)"),
    (0xFE53_4D42, "SMB (a Windows share)"),
    (0x0000_517B, "SMB (a Windows share)"),
    (0x0102_1997, "9p (a shared folder)"),
    (0x5346_414F, "AFS"),
    (0x6B41_4653, "AFS"),
    (0x7375_7245, "Coda"),
    (0x0000_564C, "NCP"),
    (0x00C3_6400, "Ceph"),
    (0x0BD0_0BD0, "Lustre"),
    (0x7461_636F, "OCFS2"),
    (0x0116_1970, "GFS2"),
    (0x1983_0326, "BeeGFS"),
    (0x4750_4653, "GPFS"),
    (0x786F_4256, "a VirtualBox shared folder"),
];
const FUSE: u32 = 0x6573_5546;

/// Fails when `dir` is on a network file system, or on FUSE and that is not allowed.
pub(crate) fn check(dir: &Path, allow_fuse: bool) -> Result<(), OpenError> {
    let facts =
        rustix::fs::statfs(dir).map_err(|errno| OpenError::Folder { path: dir.to_owned(), source: errno.into() })?;
    // The field's width and sign differ between machines; the magic numbers have 32 bits.
    match refused(facts.f_type as u32, allow_fuse) {
        Some(name) => Err(OpenError::NetworkFileSystem { name }),
        None => Ok(()),
    }
}

/// What people call the file system under `dir`, when a database is not safe on it; FUSE included.
pub(crate) fn unsafe_name(dir: &Path) -> Result<Option<&'static str>, OpenError> {
    match check(dir, false) {
        Err(OpenError::NetworkFileSystem { name }) => Ok(Some(name)),
        Err(error) => Err(error),
        Ok(()) => Ok(None),
    }
}

fn refused(magic: u32, allow_fuse: bool) -> Option<&'static str> {
    if magic == FUSE {
        return (!allow_fuse).then_some("FUSE (a mounted folder)");
    }
    NETWORK.iter().find(|(known, _)| *known == magic).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_magic(magic: u32, allow_fuse: bool, expect: Option<&str>) {
        assert_eq!(refused(magic, allow_fuse), expect);
    }

    #[test]
    fn names_what_it_refuses() {
        check_magic(0x6969, false, Some("NFS"));
        check_magic(0xFF53_4D42, true, Some("CIFS (a Windows share)"));
        check_magic(FUSE, false, Some("FUSE (a mounted folder)"));
        check_magic(FUSE, true, None);
        check_magic(0xEF53, false, None); // ext4
        check_magic(0x0102_1994, false, None); // tmpfs
        check_magic(0x794C_7630, false, None); // overlayfs
    }

    #[test]
    fn a_local_folder_passes() {
        assert!(check(Path::new("/"), false).is_ok());
        assert!(matches!(check(Path::new("/no/such/folder"), false), Err(OpenError::Folder { .. })));
    }
}
